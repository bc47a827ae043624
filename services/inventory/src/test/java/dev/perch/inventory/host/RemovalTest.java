package dev.perch.inventory.host;

import static dev.perch.inventory.Api.asOperator;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static dev.perch.inventory.Api.delete;
import static dev.perch.inventory.Api.etag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.notNullValue;

import dev.perch.kit.embedded.Signal;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.TestPostgres;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Removing a host while others work on what belongs to it. */
@QuarkusTest
@WithTestResource(Platform.class)
class RemovalTest {
  @Inject Database database;

  /** Transitions lock the session, then the host; enrolments a token or a key, then the host. */
  @ParameterizedTest
  @ValueSource(strings = {"link_session", "agent_key", "enrolment_token"})
  void aRemovalWaitsForWhoeverHasWhatBelongsToTheHostAndNeitherFails(String table)
      throws Exception {
    UUID host = createHost(createSite());
    belongings(host);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> removal =
          database.transaction(
              connection -> {
                lock(connection, table, "host_id", host);
                Future<Integer> waiting = threads.submit(() -> delete(host).statusCode());
                awaitThatSomebodyWaits(connection);
                neverWait(connection);
                lock(connection, "host", "id", host);
                return waiting;
              });

      assertThat(removal.get()).isEqualTo(204);
    }
  }

  @Test
  void isRefusedInTimeWhenTheDatabaseFallsSilentAndGoesOnWhenItSpeaksAgain() {
    UUID host = createHost(createSite());
    RequestSpecification removal = asOperator().header("If-Match", etag(host));

    // Given a server that is frozen, its connections open
    List<Long> frozen = processes(TestPostgres.pid());
    frozen.forEach(Signal.STOP::send);
    try {
      long began = System.nanoTime();
      // When somebody removes a host
      removal
          .delete("/v1/hosts/" + host)
          .then()
          // Then they are told to come again
          .statusCode(503)
          .header("Retry-After", notNullValue());
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    } finally {
      frozen.forEach(Signal.CONT::send);
    }

    // And it is removed when the server goes on
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> removal.delete("/v1/hosts/" + host).then().statusCode(204));
  }

  /** The postmaster first: it makes no others then. */
  private static List<Long> processes(long postmaster) {
    Signal.STOP.send(postmaster);
    return Stream.concat(
            Stream.of(postmaster),
            ProcessHandle.of(postmaster).orElseThrow().descendants().map(ProcessHandle::pid))
        .toList();
  }

  private void belongings(UUID host) throws SQLException {
    database.run(
        connection -> {
          for (String sql :
              new String[] {
                "insert into enrolment_token values (gen_random_uuid(), ?, '', false, 'test',"
                    + " now(), now())",
                "insert into agent_key (id, host_id, signing_key, encryption_key,"
                    + " agent_version, enrolled_at)"
                    + " values (gen_random_uuid(), ?, '', '', '', now())",
                "insert into link_session (host_id, site_id, number, instance, protocol,"
                    + " agent_version, address, beat_every_millis, opened_at, presence)"
                    + " select id, site_id, 1, id, 1, '', '', 1000, now(), 'NONE' from host"
                    + " where id = ?"
              }) {
            try (var insert = connection.prepareStatement(sql)) {
              insert.setObject(1, host);
              insert.executeUpdate();
            }
          }
        });
  }

  private static void lock(Connection connection, String table, String column, UUID id)
      throws SQLException {
    String sql = "select from " + table + " where " + column + " = ? for update";
    try (var lock = connection.prepareStatement(sql)) {
      lock.setObject(1, id);
      lock.executeQuery();
    }
  }

  private static void neverWait(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("set local lock_timeout = '1ms'");
    }
  }

  private static void awaitThatSomebodyWaits(Connection connection) {
    Awaitility.await()
        .until(
            () -> {
              try (var statement = connection.createStatement();
                  var rows =
                      statement.executeQuery(
                          "select exists (select from pg_stat_activity"
                              + " where pg_backend_pid() = any (pg_blocking_pids(pid)))")) {
                return rows.next() && rows.getBoolean(1);
              }
            });
  }
}
