package dev.perch.launcher.process;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells the user what happens, one line at a time, each with the time since the beginning. */
public final class Console {
  private final PrintStream out;
  private final long begin = System.nanoTime();

  public Console(PrintStream out) {
    this.out = out;
  }

  /** Prints one line about a part or a task. */
  public void say(String about, String what) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
    synchronized (out) {
      out.printf(Locale.ROOT, "[%7s] %-14s %s%n", seconds(elapsed), about, what);
      out.flush();
    }
  }

  /** {@code 1.2 s}. */
  public static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }
}
