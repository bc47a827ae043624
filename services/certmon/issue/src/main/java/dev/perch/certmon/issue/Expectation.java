package dev.perch.certmon.issue;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Acceptance} holds a chain against, beside the request.
 *
 * @param anchors whom the certificate's users trust
 * @param leastLife how long it must be valid from now
 * @param active what is in use; null if there is nothing yet
 * @param forced whether it may end before the active one: after a compromise, a change of the
 *     issuer or of the request
 */
public record Expectation(
    Set<X509Certificate> anchors, Duration leastLife, @Nullable Chain active, boolean forced) {

  public Expectation {
    anchors = Set.copyOf(anchors);
  }

  /** A first certificate. */
  public static Expectation first(Set<X509Certificate> anchors, Duration leastLife) {
    return new Expectation(anchors, leastLife, null, false);
  }

  /** A renewal: it must end later than what it replaces. */
  public Expectation replacing(Chain present) {
    return new Expectation(anchors, leastLife, present, forced);
  }

  /** A replacement that may end sooner. */
  public Expectation forced(Chain present) {
    return new Expectation(anchors, leastLife, present, true);
  }
}
