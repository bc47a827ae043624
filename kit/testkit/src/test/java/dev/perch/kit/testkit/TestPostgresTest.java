package dev.perch.kit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestPostgresTest {
  private final Database database = TestPostgres.freshDatabase("testkit");

  @AfterEach
  void leaveItRunning() {
    TestPostgres.start();
  }

  @Test
  void givesEachCallerADatabaseOfItsOwn() throws Exception {
    Database other = TestPostgres.freshDatabase("testkit");
    execute(database, "create table note (text varchar)");

    execute(other, "create table note (text varchar)");

    assertThat(other.jdbcUrl()).isNotEqualTo(database.jdbcUrl());
  }

  @Test
  void givesARoleThatRulesItsOwnDatabaseOnly() throws Exception {
    assertThat(query(database, "select rolsuper from pg_roles where rolname = current_user"))
        .isEqualTo("f");
    assertThatThrownBy(() -> execute(database, "create database mine"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
  }

  @Test
  void goesBackToASnapshotAlthoughSomebodyIsConnected() throws Exception {
    execute(database, "create table note as select 'first' as text");
    TestPostgres.Snapshot snapshot;
    try (Connection busy = database.dataSource().getConnection()) {
      snapshot = TestPostgres.snapshot(database);
      assertThat(busy.isValid(5)).isFalse();
    }
    execute(database, "update note set text = 'second'");

    TestPostgres.restore(snapshot);

    assertThat(query(database, "select text from note")).isEqualTo("first");
    execute(database, "drop table note");
  }

  @Test
  void endsSessionsFromTheServersSide() throws Exception {
    try (Connection session = database.dataSource().getConnection()) {

      TestPostgres.terminateSessions(database);

      assertThat(session.isValid(5)).isFalse();
    }
  }

  @Test
  void recoversWhatWasCommittedBeforeAKill() throws Exception {
    execute(database, "create table note as select 'kept' as text");

    TestPostgres.kill();
    assertThatThrownBy(() -> query(database, "select 1")).isInstanceOf(SQLException.class);
    TestPostgres.start();

    assertThat(query(database, "select text from note")).isEqualTo("kept");
  }

  @Test
  void comesBackAfterAStop() throws Exception {
    long pid = TestPostgres.pid();

    TestPostgres.stop();
    TestPostgres.start();

    assertThat(TestPostgres.pid()).isNotEqualTo(pid);
    assertThat(query(database, "select 1")).isEqualTo("1");
  }

  @Test
  void neverPrintsAPassword() {
    assertThat(database.toString()).doesNotContain(database.password());
  }

  private static void execute(Database database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static String query(Database database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
