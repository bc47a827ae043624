package dev.perch.kit.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;

/** POSIX signals that {@link Process} cannot send. */
public enum Signal {
  /** Fast shutdown of PostgreSQL; Ctrl-C elsewhere. */
  INT,
  /** Dies at once and writes nothing more. */
  KILL,
  /** Freezes the process: a long pause of the garbage collector, a paused virtual machine. */
  STOP,
  /** Lets a stopped process go on. */
  CONT;

  /**
   * Sends this signal.
   *
   * @return false if there is no such process (any more)
   */
  public boolean send(long pid) {
    try {
      Process kill =
          new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", name(), Long.toString(pid))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return kill.waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while signalling " + pid, e);
    }
  }
}
