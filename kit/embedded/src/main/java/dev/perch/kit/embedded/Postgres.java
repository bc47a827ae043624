package dev.perch.kit.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server, a child process of this JVM that ends with it. It may be stopped, or
 * killed, and started again any number of times and keeps its port and its data. Each commit
 * reaches the disk. Clients authenticate with SCRAM; there is no Unix socket.
 *
 * <p>The server's log is beside the data folder: {@code <data>.log}.
 */
public final class Postgres implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PostgresSettings settings;
  private final PostgresData data;
  private @Nullable Process server;

  public Postgres(PostgresSettings settings) {
    this.settings = settings;
    this.data = new PostgresData(settings.data());
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-postgres"));
  }

  /**
   * Makes the data folder ready to be served: {@code initdb} if it is new.
   *
   * @return the command that serves it, for whoever supervises processes itself
   * @throws OtherMajorVersionException if another major version wrote it
   */
  public static PostgresCommand prepare(PostgresSettings settings) {
    PostgresBinaries binaries = PostgresBinaries.unpacked();
    new PostgresData(settings.data()).initialise(binaries, settings.password());
    return PostgresCommand.server(binaries, settings);
  }

  /** Whether the postmaster with this pid serves the data folder and takes connections. */
  public static boolean isReady(Path dataFolder, long pid) {
    return new PostgresData(dataFolder).isServedBy(pid);
  }

  public PostgresSettings settings() {
    return settings;
  }

  public Path log() {
    return data.log();
  }

  /**
   * Starts the server; returns when it takes connections, after recovery where one is needed.
   *
   * @throws OtherMajorVersionException if another major version wrote the data folder
   * @throws IllegalStateException if it runs already, or does not start; the message ends with the
   *     server's own words
   */
  public synchronized void start() {
    if (isRunning()) {
      throw new IllegalStateException("PostgreSQL on port " + settings.port() + " runs already");
    }
    Process starting = launch(prepare(settings));
    server = starting;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!data.isServedBy(starting.pid())) {
      if (endsWithin(starting, Duration.ofMillis(10)) || System.nanoTime() > deadline) {
        kill();
        throw new IllegalStateException(
            "PostgreSQL did not start with " + settings + ":\n" + data.endOfLog());
      }
    }
  }

  public synchronized boolean isRunning() {
    return server != null && server.isAlive();
  }

  /** The postmaster's process id. */
  public synchronized long pid() {
    if (server == null) {
      throw new IllegalStateException("PostgreSQL is stopped");
    }
    return server.pid();
  }

  /** Fast shutdown: open transactions are rolled back, a checkpoint is written. */
  public synchronized void stop() {
    if (server != null && Signal.INT.send(server.pid()) && endsWithin(server, PATIENCE)) {
      server = null;
    } else {
      kill();
    }
  }

  /** SIGKILL of all its processes, as a power cut would: the next start recovers from the log. */
  public synchronized void kill() {
    if (server == null) {
      return;
    }
    List<ProcessHandle> backends = server.descendants().toList();
    server.destroyForcibly();
    // A backend that outlived the postmaster would keep the shared memory and so the next start.
    backends.forEach(ProcessHandle::destroyForcibly);
    backends.forEach(backend -> backend.onExit().join());
    server.onExit().join();
    server = null;
  }

  public void restart() {
    stop();
    start();
  }

  @Override
  public void close() {
    stop();
  }

  private Process launch(PostgresCommand command) {
    try {
      return command
          .toProcess()
          .redirectErrorStream(true)
          .redirectOutput(Redirect.appendTo(data.log().toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean endsWithin(Process process, Duration time) {
    try {
      return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
