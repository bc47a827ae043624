package dev.perch.launcher.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.embedded.Signal;
import dev.perch.launcher.process.Plan;
import dev.perch.launcher.process.StackState;
import dev.perch.launcher.process.StateFile;
import dev.perch.launcher.process.Supervisor;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server with a database per service. */
class PostgresServerTest {
  private static final Login INVENTORY = new Login("inventory", "it's secret");

  @TempDir static Path folder;
  private static Supervisor supervisor;
  private static Database server;
  private static Database inventory;
  private static Database keycloak;

  @BeforeAll
  static void start() throws Exception {
    Settings settings = Scratch.settings(folder);
    Credentials credentials = Credentials.in(settings.folders());
    server = PostgresServer.superuser(settings.ports(), credentials);
    inventory = server.sibling("inventory", INVENTORY);
    keycloak = server.sibling("keycloak", new Login("keycloak", "another"));
    supervisor =
        new Supervisor(
            new Plan(List.of(PostgresServer.part(settings, credentials))),
            new StateFile(settings.folders().state()),
            Scratch.silence());
    supervisor.start();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    supervisor.kill();
  }

  @BeforeEach
  void makeDatabases() throws SQLException {
    new Databases(server).create(List.of(inventory, keycloak));
  }

  @Test
  void aRoleOwnsItsDatabaseAndCannotEnterAnotherOne() throws Exception {
    try (Connection own = connect(inventory, inventory.login());
        Statement statement = own.createStatement()) {
      assertThat(statement.execute("create table site (id int)")).isFalse();
    }

    assertThatThrownBy(() -> connect(keycloak, inventory.login()))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("permission denied");
  }

  @Test
  void databasesAreMadeOnceAndPasswordsMayChange() throws Exception {
    Database changed = inventory.sibling("inventory", new Login("inventory", "changed"));

    new Databases(server).create(List.of(changed));

    connect(changed, changed.login()).close();
    assertThatThrownBy(() -> connect(inventory, inventory.login()))
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void whatWasCommittedSurvivesTheDeathOfTheServer() throws Exception {
    try (Connection own = connect(inventory, inventory.login());
        Statement statement = own.createStatement()) {
      assertThat(statement.execute("create table host as select 42 as id")).isFalse();
    }
    StackState.PartState before = supervisor.state().part(PostgresServer.NAME).orElseThrow();

    assertThat(Signal.KILL.send(before.alive().orElseThrow().pid())).isTrue();

    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptionsInstanceOf(SQLException.class)
        .untilAsserted(
            () -> {
              try (Connection own = connect(inventory, inventory.login());
                  Statement statement = own.createStatement();
                  ResultSet rows = statement.executeQuery("select id from host")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(42);
              }
            });
    assertThat(supervisor.state().part(PostgresServer.NAME).orElseThrow().restarts()).isOne();
  }

  private static Connection connect(Database database, Login login) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), login.user(), login.password());
  }
}
