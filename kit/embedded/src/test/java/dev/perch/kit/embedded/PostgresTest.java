package dev.perch.kit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {
  private static final String PASSWORD = PostgresSettings.newPassword();

  @TempDir Path folder;

  @Test
  void putsEachCommitOnTheDisk() throws Exception {
    try (Postgres postgres = new Postgres(settings())) {
      postgres.start();

      assertThat(query(postgres, "show fsync")).isEqualTo("on");
      assertThat(query(postgres, "show synchronous_commit")).isEqualTo("on");
    }
  }

  @Test
  void keepsWhatWasCommittedOverKillsAndStops() throws Exception {
    try (Postgres postgres = new Postgres(settings())) {
      postgres.start();
      execute(postgres, "create table greeting as select 'hello' as text");

      postgres.kill();
      assertThat(Ports.isFree(postgres.settings().port())).isTrue();
      postgres.start();
      postgres.restart();

      assertThat(query(postgres, "select text from greeting")).isEqualTo("hello");
    }
  }

  @Test
  void isOneChildProcessWhosePidIsThePostmasters() throws Exception {
    try (Postgres postgres = new Postgres(settings())) {
      postgres.start();
      long pid = postgres.pid();

      assertThat(Path.of("/proc", Long.toString(pid), "exe").toRealPath()).hasFileName("postgres");
      assertThat(Postgres.isReady(postgres.settings().data(), pid)).isTrue();
      assertThat(Postgres.isReady(postgres.settings().data(), pid + 1)).isFalse();
    }
  }

  @Test
  void refusesAWrongPassword() {
    try (Postgres postgres = new Postgres(settings())) {
      postgres.start();

      assertThatThrownBy(() -> connect("127.0.0.1", postgres.settings().port(), "guess").close())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void listensOnAFurtherAddress() throws Exception {
    try (Postgres postgres = new Postgres(settings().alsoOn("127.0.0.2"))) {
      postgres.start();

      try (Connection connection = connect("127.0.0.2", postgres.settings().port(), PASSWORD)) {
        assertThat(connection.isValid(5)).isTrue();
      }
    }
  }

  @Test
  void refusesTheDataOfAnotherMajorVersionAndLeavesItAlone() throws Exception {
    PostgresSettings settings = settings();
    Files.createDirectories(settings.data());
    Files.writeString(settings.data().resolve("PG_VERSION"), "17\n");
    try (Postgres postgres = new Postgres(settings)) {

      assertThatThrownBy(postgres::start)
          .isInstanceOf(OtherMajorVersionException.class)
          .hasMessageContaining("PostgreSQL 17")
          .hasMessageContaining("PostgreSQL 18")
          .hasMessageContaining("pg_dumpall");
      assertThat(settings.data()).isDirectoryNotContaining("glob:**/pg_hba.conf");
    }
  }

  @Test
  void endsItsComplaintWithTheServersOwnWords() {
    try (Postgres postgres = new Postgres(settings().with("shared_buffers", "a lot"))) {

      assertThatThrownBy(postgres::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("invalid value for parameter \"shared_buffers\"")
          .message()
          .doesNotContain(PASSWORD);
    }
  }

  private PostgresSettings settings() {
    return PostgresSettings.in(folder.resolve("data"), PASSWORD).with("shared_buffers", "16MB");
  }

  private static Connection connect(String address, int port, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/postgres".formatted(address, port),
        PostgresSettings.SUPERUSER,
        password);
  }

  private static void execute(Postgres postgres, String sql) throws SQLException {
    try (Connection connection = connect("127.0.0.1", postgres.settings().port(), PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static String query(Postgres postgres, String sql) throws SQLException {
    try (Connection connection = connect("127.0.0.1", postgres.settings().port(), PASSWORD);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
