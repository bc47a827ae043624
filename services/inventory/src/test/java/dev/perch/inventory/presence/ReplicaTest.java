package dev.perch.inventory.presence;

import static dev.perch.inventory.Api.createFastSite;
import static dev.perch.inventory.Api.createHost;
import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In transactions that are rolled back, so that the service's own replica sees nothing of it. */
@QuarkusTest
@WithTestResource(Platform.class)
class ReplicaTest {
  private static final String LONG_AGO = "2026-01-01T00:00:00Z";

  @Inject DataSource database;

  private final Replica replica = new Replica(Duration.ofSeconds(5), Duration.ZERO);
  private Connection connection;
  private UUID host;

  @BeforeEach
  void joins() throws SQLException {
    host = createHost(createFastSite());
    connection = database.getConnection();
    connection.setAutoCommit(false);
    replica.beat(connection, false);
  }

  @AfterEach
  void forgets() throws SQLException {
    connection.rollback();
    connection.close();
  }

  @Test
  void whoWasLetInAndIsNotYetWrittenDownAsHeardIsNotJudged() throws SQLException {
    session(replica.id(), "UNKNOWN", null);

    replica.orphan(connection);

    assertThat(replica.due(connection)).noneMatch(this::isTheHost);
  }

  @Test
  void whoWasOverlookedWhenItsSiteReturnedIsJudged() throws SQLException {
    session(replica.id(), "UNKNOWN", LONG_AGO);

    replica.orphan(connection);

    assertThat(replica.due(connection)).anyMatch(this::isTheHost);
  }

  @Test
  void whoWasLetInByAReplicaThatDiedIsJudgedThoughNeverWrittenDownAsHeard() throws SQLException {
    session(UUID.randomUUID(), "UNKNOWN", null);

    replica.orphan(connection);

    assertThat(replica.due(connection)).anyMatch(this::isTheHost);
  }

  private boolean isTheHost(Transition transition) {
    return transition.host().equals(host) && transition.to() == Presence.OFFLINE;
  }

  private void session(UUID of, String presence, @Nullable String silentSince) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into link_session (host_id, site_id, number, replica, instance, protocol,
              agent_version, address, beat_every_millis, opened_at, presence, silent_since)
            select id, site_id, 1, ?, gen_random_uuid(), 1, '1', '127.0.0.1', 100, now(), ?,
              ?::timestamptz
            from host where id = ?
            """)) {
      insert.setObject(1, of);
      insert.setString(2, presence);
      insert.setString(3, silentSince);
      insert.setObject(4, host);
      insert.executeUpdate();
    }
  }
}
