package dev.perch.kit.reconcile;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Doubling up to a cap, and spread over the upper half, so that what failed together does not come
 * back together.
 */
record Backoff(Duration base, Duration cap) {

  Backoff {
    if (!base.isPositive() || cap.compareTo(base) < 0) {
      throw new IllegalArgumentException("back-off from " + base + " to " + cap);
    }
  }

  /**
   * @param attempt 1 after the first failure in a row
   */
  Duration after(int attempt) {
    int doublings = Math.clamp(attempt - 1L, 0, 30);
    long most = Math.min(cap.toMillis(), base.toMillis() << doublings);
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
  }
}
