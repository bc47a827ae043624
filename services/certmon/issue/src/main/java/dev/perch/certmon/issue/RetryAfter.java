package dev.perch.certmon.issue;

import java.net.http.HttpResponse;
import java.time.Duration;

/** The header of that name (RFC 9110 §10.2.3), in seconds; a date is passed over. */
final class RetryAfter {
  private static final Duration LONGEST = Duration.ofHours(24);

  private RetryAfter() {}

  static Duration of(HttpResponse<?> response, Duration otherwise) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,9}"))
        .map(value -> clamp(Duration.ofSeconds(Long.parseLong(value))))
        .orElse(otherwise);
  }

  /** Whoever asks for more than a day is asked again tomorrow. */
  static Duration clamp(Duration duration) {
    if (duration.isNegative()) {
      return Duration.ZERO;
    }
    return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
  }
}
