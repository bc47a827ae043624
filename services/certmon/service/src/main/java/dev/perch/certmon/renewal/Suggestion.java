package dev.perch.certmon.renewal;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the issuer of a revision would like it to be renewed (RFC 9773 §4.2).
 *
 * @param explanation a page about why; null if there is none
 * @param askedAt when it said so
 */
public record Suggestion(Instant start, Instant end, @Nullable URI explanation, Instant askedAt) {

  public Suggestion {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("a window that ends before it begins");
    }
  }

  /**
   * A moment of the window.
   *
   * @param luck in [0, 1)
   */
  Instant at(double luck) {
    return start.plusMillis((long) (luck * Duration.between(start, end).toMillis()));
  }
}
