package dev.perch.inventory;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import org.slf4j.spi.NOPLoggingEventBuilder;

/**
 * Lines about what strangers do, as many as a log bears: some at once, then one in a while, which
 * says how many were left out. Whoever does a million things gets no million lines.
 */
public final class SparingLog {
  private static final int AT_ONCE = 10;
  private static final long EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final Logger log;
  private final LongSupplier clock;
  private int left = AT_ONCE;
  private long filledAt;
  private long leftOut;

  public SparingLog(Logger log) {
    this(log, System::nanoTime);
  }

  /**
   * @param clock in nanoseconds, as System.nanoTime
   */
  SparingLog(Logger log, LongSupplier clock) {
    this.log = log;
    this.clock = clock;
    filledAt = clock.getAsLong();
  }

  /** The next warning; it may be one that is written nowhere. */
  public LoggingEventBuilder atWarn() {
    Long before = take();
    if (before == null) {
      return NOPLoggingEventBuilder.singleton();
    }
    LoggingEventBuilder line = log.makeLoggingEventBuilder(Level.WARN);
    return before == 0 ? line : line.addKeyValue("leftOut", before);
  }

  /** How many were left out before this one; null if it is left out itself. */
  private synchronized @Nullable Long take() {
    long periods = (clock.getAsLong() - filledAt) / EVERY_NANOS;
    filledAt += periods * EVERY_NANOS;
    left = (int) Math.min(AT_ONCE, left + periods);
    if (left == 0) {
      leftOut++;
      return null;
    }
    left--;
    long before = leftOut;
    leftOut = 0;
    return before;
  }
}
