package dev.perch.contract.link;

/**
 * The body of {@code POST /agent/v1/enrol}.
 *
 * @param tokenId {@link EnrolmentToken#id}
 * @param tokenSecret {@link EnrolmentToken#secret}
 * @param signingKey see {@link AgentKeys}; the agent keeps the private key and never sends it
 * @param encryptionKey another one
 * @param proof {@link LinkProof#ofEnrolment}, made with the signing key
 * @param agentVersion of the software, for people
 */
public record EnrolmentRequest(
    String tokenId,
    String tokenSecret,
    String signingKey,
    String encryptionKey,
    String proof,
    String agentVersion) {

  /** Does not show the secret. */
  @Override
  public String toString() {
    return "EnrolmentRequest[tokenId=" + tokenId + ", agentVersion=" + agentVersion + "]";
  }
}
