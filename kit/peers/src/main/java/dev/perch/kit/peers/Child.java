package dev.perch.kit.peers;

import dev.perch.kit.embedded.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A server that is a child process and ends with this JVM. It may be started again after a stop
 * with the same command line, so with the same ports.
 */
final class Child {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<String> command;
  private final Map<String, String> environment;
  private final Path folder;
  private final Path log;
  private @Nullable Process process;

  /**
   * @param folder its working folder; what it prints is appended to {@code <program>.log} there
   */
  Child(Path folder, Map<String, String> environment, List<String> command) {
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.folder = folder;
    this.log = folder.resolve(Path.of(command.getFirst()).getFileName() + ".log");
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "stop-" + log.getFileName()));
  }

  /**
   * Starts it; returns when it is ready.
   *
   * @throws IllegalStateException if it ends, or is not ready in time; the message ends with its
   *     own words
   */
  synchronized void start(BooleanSupplier ready) {
    if (isRunning()) {
      throw new IllegalStateException(command + " runs already");
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
    Process starting;
    try {
      starting = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process = starting;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!ready.getAsBoolean()) {
      if (endsWithin(starting, Duration.ofMillis(20)) || System.nanoTime() > deadline) {
        kill();
        throw new IllegalStateException(command + " did not start:\n" + output());
      }
    }
  }

  synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** SIGKILL: none of these programs has anything to lose that a test would miss. */
  synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
      process.onExit().join();
      process = null;
    }
  }

  /** Freezes it: connections are taken, nothing is answered. */
  synchronized void freeze() {
    signal(Signal.STOP);
  }

  synchronized void thaw() {
    signal(Signal.CONT);
  }

  /** All it has printed. */
  String output() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(Signal signal) {
    if (process == null || !signal.send(process.pid())) {
      throw new IllegalStateException(command + " does not run");
    }
  }

  private static boolean endsWithin(Process process, Duration time) {
    try {
      return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
