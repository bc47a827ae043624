package dev.perch.kit.reconcile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Why work failed, which decides how soon it is tried again and when people are told. */
public enum ErrorClass {
  /** A peer or the network is away or busy: it passes by itself. */
  TRANSIENT(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(5)),
  /** A peer understood and said no: somebody has to change something there. */
  REFUSED(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofMinutes(1)),
  /** What we were told cannot work: somebody has to change it here. */
  MISCONFIGURED(Duration.ofMinutes(1), Duration.ofMinutes(30), Duration.ZERO),
  /** A fault of the program. */
  INTERNAL(Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofMinutes(1));

  private final Backoff backoff;
  private final Duration stuckAfter;

  ErrorClass(Duration base, Duration cap, Duration stuckAfter) {
    this.backoff = new Backoff(base, cap);
    this.stuckAfter = stuckAfter;
  }

  /** How long to wait before the next attempt. */
  Backoff backoff() {
    return backoff;
  }

  /** For how long failures in a row are nobody's business. */
  Duration stuckAfter() {
    return stuckAfter;
  }

  /** The class of what was thrown. */
  public static ErrorClass of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException
          || cause instanceof IOException
          || cause instanceof UncheckedIOException
          || cause instanceof TimeoutException) {
        return TRANSIENT;
      }
    }
    return INTERNAL;
  }
}
