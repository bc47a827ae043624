package dev.perch.kit.web.production;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.Catalogue;
import dev.perch.kit.testkit.Database;
import dev.perch.kit.testkit.TestKafka;
import dev.perch.kit.testkit.TestPostgres;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Asks real servers. */
class ServerChecksTest {

  @Test
  void aServerThatKeepsWhatItCommitsIsSafe() {
    assertThat(check(TestPostgres.freshDatabase("safe"))).isEmpty();
  }

  @Test
  void commitsThatDoNotWaitForTheDiskAreADanger() throws SQLException {
    Database database = TestPostgres.freshDatabase("unsafe");
    try (Connection connection = TestPostgres.asSuperuser(database).dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("alter database " + database.name() + " set synchronous_commit = off");
    }

    assertThat(check(database))
        .extracting(Danger::property)
        .containsExactly("PostgreSQL's synchronous_commit");
  }

  @Test
  void aTopicWithOneReplicaIsADangerAndAnAbsentOneIsNot() throws Exception {
    TestKafka.create(Catalogue.SITES.log());

    List<Danger> dangers = KafkaCheck.of(Map.of("bootstrap.servers", TestKafka.bootstrap()));

    assertThat(dangers)
        .extracting(Danger::property)
        .contains("replicas of topic " + Catalogue.SITES.log().name())
        .doesNotContain("replicas of topic " + Catalogue.HOSTS.log().name());
  }

  private static List<Danger> check(Database database) {
    Vertx vertx = Vertx.vertx();
    Pool pool =
        PgBuilder.pool()
            .connectingTo(
                PgConnectOptions.fromUri(database.reactiveUrl())
                    .setUser(database.user())
                    .setPassword(database.password()))
            .using(vertx)
            .build();
    try {
      return PostgresCheck.of(pool);
    } finally {
      pool.closeAndAwait();
      vertx.closeAndAwait();
    }
  }
}
