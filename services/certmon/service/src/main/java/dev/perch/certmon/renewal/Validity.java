package dev.perch.certmon.renewal;

import java.time.Duration;
import java.time.Instant;

/** From when to when a certificate is valid. */
public record Validity(Instant notBefore, Instant notAfter) {

  public Validity {
    if (!notAfter.isAfter(notBefore)) {
      throw new IllegalArgumentException("valid from " + notBefore + " to " + notAfter);
    }
  }

  public Duration life() {
    return Duration.between(notBefore, notAfter);
  }

  /** How long it is still good; never negative. */
  public Duration remaining(Instant now) {
    return now.isBefore(notAfter) ? Duration.between(now, notAfter) : Duration.ZERO;
  }
}
