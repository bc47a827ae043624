package dev.perch.kit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.embedded.KafkaBroker;
import dev.perch.kit.embedded.KafkaSettings;
import dev.perch.kit.embedded.Postgres;
import dev.perch.kit.embedded.PostgresSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class NetworkNamespaceTest {
  @RegisterExtension final Victims victims = new Victims();
  @TempDir Path folder;

  private final NetworkNamespace network = NetworkNamespace.create();
  private final String password = PostgresSettings.newPassword();

  @AfterEach
  void remove() {
    network.close();
  }

  @Test
  void losesPacketsWithoutAWordAndLetsTheSameSessionsGoOnLater() throws Exception {
    try (KafkaBroker kafka =
            new KafkaBroker(
                KafkaSettings.in(folder.resolve("kafka")).alsoOn(network.hostAddress()));
        Postgres postgres =
            new Postgres(
                PostgresSettings.in(folder.resolve("postgres"), password)
                    .alsoOn(network.hostAddress()))) {
      kafka.start();
      postgres.start();
      Database database =
          new Database("127.0.0.1", postgres.settings().port(), "postgres", "postgres", password);
      prepare(kafka, database);
      victims.start(writer(kafka, database));
      await().until(() -> rows(database) > 10);
      String session = session(database);

      network.cut();
      await().during(Duration.ofSeconds(1)).until(new Unchanged(database)::holds);
      assertThat(session(database)).isEqualTo(session);
      network.restore();

      long lost = rows(database);
      await().until(() -> rows(database) > lost + 10);
      assertThat(session(database)).isEqualTo(session);
      assertThat(Events.onBroker(kafka.bootstrap(), "beats")).hasSizeGreaterThan(10);
    }
  }

  @Test
  void leavesNothingBehind() {
    network.close();

    Ip ip = new Ip();
    assertThat(ip.run("netns", "list")).doesNotContain(network.commandPrefix().getLast());
    assertThat(ip.run("address", "show")).doesNotContain(network.hostAddress());
    assertThat(ip.run("route", "show")).doesNotContain(network.address());
  }

  @Test
  void canFreezeAVictimAndCutItOffBeforeItGoesOn() throws Exception {
    Path steps = folder.resolve("steps");
    Victim victim =
        victims.start(
            Victim.of(Counter.class, steps, 5).in(network).frozenAt(Counter.class, "step", 3));

    victim.awaitHalt();
    network.cut();
    victim.thaw();

    assertThat(victim.awaitExit()).isZero();
    assertThat(steps).hasContent("1\n2\n3\n4\n5\n");
  }

  private VictimSettings writer(KafkaBroker kafka, Database database) {
    return Victim.of(
            Writer.class,
            network.hostAddress(),
            database.port(),
            password,
            kafka.settings().bootstrap(network.hostAddress()))
        .in(network);
  }

  private static void prepare(KafkaBroker kafka, Database database) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
      admin.createTopics(List.of(new NewTopic("beats", 1, (short) 1))).all().get();
    }
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("create table beat (id bigint generated always as identity)");
    }
  }

  private static long rows(Database database) throws SQLException {
    return Long.parseLong(query(database, "select count(*) from beat"));
  }

  private String session(Database database) throws SQLException {
    return query(
        database,
        "select pid from pg_stat_activity where client_addr = '%s'".formatted(network.address()));
  }

  private static String query(Database database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  /** Whether a table has as many rows as a moment ago; what was under way may still arrive. */
  private static final class Unchanged {
    private final Database database;
    private long before = -1;

    Unchanged(Database database) {
      this.database = database;
    }

    boolean holds() throws SQLException {
      long now = rows(database);
      boolean same = now == before;
      before = now;
      return same;
    }
  }
}
