package dev.perch.kit.timeline;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** When a version was made, to the microsecond the database keeps. */
public final class Instants {
  private Instants() {}

  public static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Now, but later than the version before: replicas' clocks differ, and reading as of an instant
   * needs versions in the order they were made.
   */
  public static Instant after(Instant previous) {
    Instant now = now();
    return now.isAfter(previous) ? now : previous.plus(1, ChronoUnit.MICROS);
  }
}
