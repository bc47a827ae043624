package dev.perch.certmon.issue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an authority would like a certificate to be renewed (RFC 9773 §4.2).
 *
 * @param explanation a page about why; null if there is none
 * @param askAgainAfter between an hour and a week
 */
public record RenewalWindow(
    Instant start, Instant end, @Nullable URI explanation, Duration askAgainAfter) {
  private static final Duration SOONEST = Duration.ofHours(1);
  private static final Duration LATEST = Duration.ofDays(7);
  private static final Duration USUAL = Duration.ofHours(6);

  public RenewalWindow {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("a window that ends before it begins");
    }
  }

  static Duration clamp(@Nullable Duration wished) {
    if (wished == null) {
      return USUAL;
    }
    return wished.compareTo(SOONEST) < 0 ? SOONEST : wished.compareTo(LATEST) > 0 ? LATEST : wished;
  }
}
