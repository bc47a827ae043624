package dev.perch.certmon.issue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * One question of an ACME server, and its answer (RFC 8555 §8).
 *
 * @param authorization where the server tells how it stands
 * @param url where it is told to look
 * @param name the name that is to be proven; a wildcard's without its star
 * @param token the server's part
 * @param keyAuthorization token and thumbprint of the account key (§8.1)
 */
public record Challenge(
    URI authorization,
    URI url,
    ChallengeType type,
    SubjectName name,
    String token,
    String keyAuthorization) {

  /** The name of the TXT record that answers dns-01 (§8.4). */
  public String recordName() {
    return "_acme-challenge." + name.value();
  }

  /** The content of that record. */
  public String recordValue() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest());
  }

  /** What the certificate that answers tls-alpn-01 carries (RFC 8737 §3). */
  byte[] digest() {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(keyAuthorization.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
