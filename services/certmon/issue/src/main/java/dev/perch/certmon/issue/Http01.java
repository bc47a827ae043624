package dev.perch.certmon.issue;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers http-01 (RFC 8555 §8.3) from the memory of this process: whoever serves {@link #PATH}
 * asks {@link #answer}. Tokens that were not presented are not known, so nobody learns anything.
 *
 * <p>Where several replicas serve the path, each takes the answers from the {@link
 * Issuance.Challenged} and {@link Issuance.Triggered} that are stored for all of them.
 */
public final class Http01 implements ChallengeSolver {
  /** The path that ends with the token. */
  public static final String PATH = "/.well-known/acme-challenge/";

  private final Map<String, String> answers = new ConcurrentHashMap<>();

  /** The body of the answer for a token, {@code application/octet-stream}. */
  public Optional<String> answer(String token) {
    return Optional.ofNullable(answers.get(token));
  }

  @Override
  public ChallengeType type() {
    return ChallengeType.HTTP_01;
  }

  @Override
  public void present(Challenge challenge) {
    answers.put(challenge.token(), challenge.keyAuthorization());
  }

  @Override
  public void remove(Challenge challenge) {
    answers.remove(challenge.token());
  }
}
