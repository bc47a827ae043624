package dev.perch.launcher.process;

import java.time.Duration;

/**
 * Pauses before restarts: doubling from {@code first} to {@code longest}. A process that ran for
 * {@code steady} begins anew.
 */
public record BackOff(Duration first, Duration longest, Duration steady) {
  public static final BackOff DEFAULT =
      new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));

  /**
   * @param failures deaths in a row so far, at least 1
   */
  public Duration pause(int failures) {
    Duration pause = first;
    for (int i = 1; i < failures && pause.compareTo(longest) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
