package dev.perch.kit.testkit;

import dev.perch.kit.embedded.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A program in a JVM of its own, to be killed or frozen: at any moment, or when it enters a named
 * method. The program knows nothing of it; there is no hook in it.
 *
 * <p>Start it with {@link Victims}, which shows its output when a test fails. Every {@link
 * AssertionError} from here ends with that output, too.
 */
public final class Victim implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;
  private final @Nullable Breakpoint breakpoint;

  private Victim(Process process, Path log, @Nullable Breakpoint breakpoint) {
    this.process = process;
    this.log = log;
    this.breakpoint = breakpoint;
  }

  /** A victim that runs the {@code main} method of this class, with the test's class path. */
  public static VictimSettings of(Class<?> main, Object... arguments) {
    return VictimSettings.of(main, arguments);
  }

  /** Starts it. A halt point is in force before the first line of {@code main} runs. */
  static Victim start(VictimSettings settings) {
    try {
      Path log = Files.createTempFile("victim-", ".log");
      HaltPoint haltPoint = settings.haltPoint();
      if (haltPoint == null) {
        return new Victim(launch(settings.command(null), log), log, null);
      }
      try (DebugListener debugger = DebugListener.on(settings.debugAddress())) {
        Process process = launch(settings.command(debugger.address()), log);
        try {
          return new Victim(process, log, new Breakpoint(debugger.accept(), haltPoint, process));
        } catch (IOException e) {
          process.destroyForcibly();
          throw new IOException("no connection: " + Files.readString(log), e);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process launch(List<String> command, Path log) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(log.toFile()))
        .start();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** SIGSTOP: it does nothing until it is thawed; its connections stay open. */
  public void freeze() {
    Signal.STOP.send(pid());
  }

  /** SIGCONT. */
  public void thaw() {
    Signal.CONT.send(pid());
  }

  /**
   * Waits until it has entered the method of its halt point often enough, and is dead or frozen.
   *
   * @throws AssertionError if that takes more than a minute, or it ends by itself before
   */
  public void awaitHalt() {
    if (breakpoint == null) {
      throw new IllegalStateException("the victim has no halt point");
    }
    try {
      breakpoint.await(PATIENCE);
    } catch (AssertionError e) {
      throw withOutput(e.getMessage(), e);
    }
  }

  /** Waits until its output, standard and error, contains the text. */
  public void awaitOutput(String text) {
    try {
      Awaitility.await().atMost(PATIENCE).until(() -> output().contains(text) || !isAlive());
    } catch (RuntimeException e) {
      throw withOutput("the victim did not say <" + text + ">", e);
    }
    if (!output().contains(text)) {
      throw withOutput("the victim ended without saying <" + text + ">", null);
    }
  }

  /** Waits until it ends by itself or by a signal, and returns its exit code. */
  public int awaitExit() {
    try {
      if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw withOutput("the victim still runs", null);
  }

  /** What it has written to standard output and error so far. */
  public String output() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it if it still lives, and forgets its output. */
  @Override
  public void close() {
    kill();
    if (breakpoint != null) {
      breakpoint.close();
    }
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AssertionError withOutput(@Nullable String message, @Nullable Throwable cause) {
    return new AssertionError(message + "\n--- output of the victim ---\n" + output(), cause);
  }
}
