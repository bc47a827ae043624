package dev.perch.kit.testkit;

import dev.perch.kit.embedded.Postgres;
import dev.perch.kit.embedded.PostgresSettings;
import java.nio.file.Path;

/** The one PostgreSQL of the test JVM; see {@link OncePerJvm}. */
enum PostgresOfJvm implements SharedPostgres {
  INSTANCE;

  private final Path folder = Scratch.folder();
  private final Postgres postgres =
      new Postgres(
          PostgresSettings.in(folder.resolve("postgres"), PostgresSettings.newPassword())
              .with("shared_buffers", "64MB")
              .with("max_wal_size", "256MB"));

  PostgresOfJvm() {
    Scratch.deleteAtExit(folder, postgres::stop);
    postgres.start();
  }

  @Override
  public int port() {
    return postgres.settings().port();
  }

  @Override
  public String password() {
    return postgres.settings().password();
  }

  @Override
  public long pid() {
    return postgres.pid();
  }

  @Override
  public synchronized void start() {
    if (!postgres.isRunning()) {
      postgres.start();
    }
  }

  @Override
  public synchronized void stop() {
    postgres.stop();
  }

  @Override
  public synchronized void kill() {
    postgres.kill();
  }
}
