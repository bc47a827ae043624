package dev.perch.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.perch.launcher.process.StartFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data folders that must not be served. */
class PostgresRefusalTest {
  @TempDir Path folder;
  private Settings settings;
  private Credentials credentials;
  private Path version;

  @BeforeEach
  void makeDataOfAnotherVersion() throws IOException {
    settings = Scratch.settings(folder);
    credentials = Credentials.in(settings.folders());
    Path data = settings.folders().data(PostgresServer.NAME);
    Files.createDirectories(data);
    version = Files.writeString(data.resolve("PG_VERSION"), "17\n");
  }

  @Test
  void ofAnotherMajorVersionIsLeftAloneAndSaysWhatToDo() {
    PostgresServer.superuser(settings.ports(), credentials);

    assertThatThrownBy(() -> PostgresServer.part(settings, credentials))
        .isInstanceOf(StartFailed.class)
        .hasMessageContainingAll("PostgreSQL 17", "pg_dumpall", "up --fresh");
    assertThat(version).hasContent("17");
  }

  @Test
  void withoutItsPasswordSaysWhatToDo() {
    assertThatThrownBy(() -> PostgresServer.part(settings, credentials))
        .isInstanceOf(StartFailed.class)
        .hasMessageContainingAll("credentials.json", "up --fresh");
  }
}
