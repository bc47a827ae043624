package dev.perch.certmon.renewal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before what failed is tried again: by the kind of failure, and never longer than
 * a tenth of the life that is left to the certificate in use.
 */
public enum Retry {
  /** The peer or the way to it is away: doubling, from seconds to an hour. */
  TRANSIENT {
    @Override
    Duration usual(int attempt) {
      long most = Math.min(HOUR.toMillis(), LEAST.toMillis() << Math.clamp(attempt, 0, 20));
      // Full jitter: what failed together does not come back together.
      return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most + 1));
    }
  },
  /** The CA could not convince itself: in growing steps, for public CAs count failures. */
  VALIDATION {
    @Override
    Duration usual(int attempt) {
      return Duration.ofMinutes(STEPS.get(Math.clamp(attempt, 0, STEPS.size() - 1)));
    }
  },
  /** Nothing will change by itself; a day, in case somebody mended it and did not say so. */
  PERMANENT {
    @Override
    Duration usual(int attempt) {
      return Duration.ofDays(1);
    }
  };

  private static final Duration HOUR = Duration.ofHours(1);

  /** However little is left, a peer is not asked more often than this. */
  static final Duration LEAST = Duration.ofSeconds(10);

  private static final List<Integer> STEPS = List.of(1, 2, 5, 10, 20, 30, 60);

  /**
   * @param attempt how often in a row it has failed before, 0 for the first time
   * @param remaining life of the certificate in use; zero if there is none
   */
  public Duration after(int attempt, Duration remaining) {
    Duration usual = usual(attempt);
    Duration tenth = remaining.dividedBy(10);
    Duration capped = tenth.isPositive() && tenth.compareTo(usual) < 0 ? tenth : usual;
    return capped.compareTo(LEAST) < 0 ? LEAST : capped;
  }

  abstract Duration usual(int attempt);
}
