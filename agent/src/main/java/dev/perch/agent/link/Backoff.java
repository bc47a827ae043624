package dev.perch.agent.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waiting times: random, below a limit that doubles with each failure. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LAST = Duration.ofSeconds(15);

  private final RandomGenerator random;
  private Duration limit = FIRST;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    Duration wait = below(limit);
    Duration twice = limit.multipliedBy(2);
    limit = twice.compareTo(LAST) < 0 ? twice : LAST;
    return wait;
  }

  /** It works again. */
  void reset() {
    limit = FIRST;
  }

  /** Trying soon makes it worse. */
  void atOnceToTheLast() {
    limit = LAST;
  }

  /** A random part of a time. */
  Duration below(Duration most) {
    return Duration.ofNanos(random.nextLong(Math.max(1, most.toNanos())));
  }
}
