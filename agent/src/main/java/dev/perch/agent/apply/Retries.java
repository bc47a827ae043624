package dev.perch.agent.apply;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * When what failed is tried again: after 5 s, and then after twice the time before, up to 10 min.
 */
final class Retries {
  static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration FIRST = Duration.ofSeconds(5);

  private final Map<String, Wait> waits = new HashMap<>();

  /**
   * @param until as System.nanoTime
   */
  private record Wait(Duration length, long until) {}

  /** It failed; returns after which time it is tried again. */
  synchronized Duration failed(String aspect) {
    Wait before = waits.get(aspect);
    Duration length = before == null ? FIRST : before.length().multipliedBy(2);
    if (length.compareTo(LONGEST) > 0) {
      length = LONGEST;
    }
    waits.put(aspect, new Wait(length, System.nanoTime() + length.toNanos()));
    return length;
  }

  /** It did not fail, or something else is wanted now. */
  synchronized void forget(String aspect) {
    waits.remove(aspect);
  }

  /** How long it is not to be tried yet; zero if it may be. */
  synchronized Duration left(String aspect) {
    Wait wait = waits.get(aspect);
    long left = wait == null ? 0 : wait.until() - System.nanoTime();
    return Duration.ofNanos(Math.max(0, left));
  }
}
