package dev.perch.kit.inbox;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next attempt: doubling, and spread over the upper half so that
 * replicas that failed together do not come back together.
 */
record Backoff(Duration first, Duration longest) {

  Backoff {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("back-off from " + first + " to " + longest);
    }
  }

  /**
   * @param attempt 1 after the first failure
   */
  Duration after(int attempt) {
    long doubled = first.toMillis() << Math.min(attempt - 1, 30);
    long most = doubled <= 0 ? longest.toMillis() : Math.min(doubled, longest.toMillis());
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
  }
}
