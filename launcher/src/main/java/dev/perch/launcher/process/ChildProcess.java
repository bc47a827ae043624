package dev.perch.launcher.process;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A process of ours: started by this launcher, or by a dead one and adopted.
 *
 * @param own empty if adopted
 */
record ChildProcess(ProcessId id, Optional<Process> own) {
  private static final long POLL_MILLIS = 200;
  private static final long ENDED = -1;

  /**
   * Starts a part in a session of its own, so that a Ctrl-C at the terminal reaches the launcher
   * only; output goes to the log file, so that the part outlives the launcher.
   */
  static ChildProcess start(Part part) throws IOException {
    Part.Start start = part.start();
    Logs.prepare(start.log());
    List<String> command = new ArrayList<>();
    command.add("setsid");
    command.addAll(start.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(start.folder().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(start.log().toFile()));
    builder.environment().putAll(start.environment());
    Process process = builder.start();
    // Without a start time it has ended already, and is no process that anybody could signal.
    ProcessId id = ProcessId.of(process.pid()).orElseGet(() -> new ProcessId(process.pid(), ENDED));
    return new ChildProcess(id, Optional.of(process));
  }

  static ChildProcess adopted(ProcessId id) {
    return new ChildProcess(id, Optional.empty());
  }

  boolean isAlive() {
    return own.map(Process::isAlive).orElseGet(id::isAlive);
  }

  /**
   * Waits for the end.
   *
   * @return the exit status, unknown for an adopted process
   */
  OptionalInt awaitExit() throws InterruptedException {
    if (own.isPresent()) {
      return OptionalInt.of(own.get().waitFor());
    }
    while (id.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return OptionalInt.empty();
  }

  /**
   * Asks the process to stop, waits as long as its part is given, then kills it.
   *
   * @return whether it went by itself
   */
  static boolean stop(ProcessId id, Part.Stop stop) throws InterruptedException {
    stop.signal().send(id);
    long deadline = System.nanoTime() + stop.patience().toNanos();
    while (id.isAlive()) {
      if (System.nanoTime() > deadline) {
        kill(id);
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return true;
  }

  /** Kills the process and what it started; each part leads a process group of its own. */
  static void kill(ProcessId id) throws InterruptedException {
    if (!id.isAlive()) {
      return;
    }
    try {
      var _ =
          new ProcessBuilder("sh", "-c", "kill -s KILL -- \"$0\"", "-" + id.pid())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
    } catch (IOException e) {
      ProcessHandle.of(id.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
    while (id.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** For the user: how a process ended. */
  static String describe(OptionalInt exit) {
    if (exit.isEmpty()) {
      return "exit status unknown";
    }
    int status = exit.getAsInt();
    return status > 128 ? "killed by signal " + (status - 128) : "exit status " + status;
  }
}
