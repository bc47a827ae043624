package dev.perch.certmon.issue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long to wait before asking again how it stands: at first hardly at all, since a quick server
 * is done in milliseconds, then ever longer.
 */
final class Backoff {
  private static final long SHORTEST_MILLIS = 10;
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int DOUBLINGS = 9;

  private Backoff() {}

  static Duration after(int polls) {
    Duration pause = Duration.ofMillis(SHORTEST_MILLIS << Math.min(polls, DOUBLINGS));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }

  /** The server's own wish counts, if it has one. */
  static Duration after(int polls, Optional<Instant> retryAfter, Clock clock) {
    return retryAfter
        .map(at -> RetryAfter.clamp(Duration.between(clock.instant(), at)))
        .filter(Duration::isPositive)
        .orElseGet(() -> after(polls));
  }
}
