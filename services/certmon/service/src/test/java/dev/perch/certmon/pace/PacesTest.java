package dev.perch.certmon.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.testkit.TestPostgres;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several at once, as replicas are. */
class PacesTest {
  private static Database database;
  private UUID issuer;

  @BeforeAll
  static void migrate() throws Exception {
    var fresh = TestPostgres.freshDatabase("paces");
    var _ =
        Flyway.configure()
            .dataSource(fresh.dataSource())
            .locations("classpath:db/kit", "classpath:db/timeline", "classpath:db/migration")
            .outOfOrder(true)
            .load()
            .migrate();
    database = new Database(fresh.dataSource());
  }

  @BeforeEach
  void begin() throws SQLException {
    issuer = UUID.randomUUID();
    update(
        "insert into issuer (id, version, document) values (?, 1,"
            + " jsonb_build_object('name', gen_random_uuid()))",
        issuer);
  }

  @Test
  void aBurstIsTakenAtOnceAndTheRestOneByOne() throws Exception {
    var rate = new Issuer.Rate(10, Duration.ofSeconds(100));
    Queue<Instant> taken = new ConcurrentLinkedQueue<>();
    List<Thread> replicas = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      replicas.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int k = 0; k < 10; k++) {
                      taken.add(take(rate));
                    }
                  }));
    }
    await().until(() -> replicas.stream().noneMatch(Thread::isAlive));

    List<Instant> sorted = taken.stream().sorted().toList();

    assertThat(sorted).hasSize(40);
    for (int i = 1; i < sorted.size(); i++) {
      assertThat(Duration.between(sorted.get(i - 1), sorted.get(i)))
          .isEqualTo(Duration.ofSeconds(10));
    }
    Instant first = sorted.getFirst();
    assertThat(first).isBetween(Instant.now().minusSeconds(110), Instant.now().minusSeconds(80));
  }

  @Test
  void whatNobodyTookForLongIsNoBiggerBurst() throws Exception {
    var rate = new Issuer.Rate(3, Duration.ofMinutes(3));
    var _ = take(rate);
    update(
        "update issuer_pace set next_order_at = next_order_at - interval '5 hours'"
            + " where issuer_id = ?",
        issuer);

    List<Instant> taken = List.of(take(rate), take(rate), take(rate), take(rate));

    Instant now = Instant.now();
    assertThat(taken.subList(0, 3)).allMatch(at -> !at.isAfter(now));
    assertThat(taken.getLast()).isAfter(now.plusSeconds(50));
  }

  @Test
  void fiveFailuresInARowOpenItAndAnAnswerBetweenThemBeginsAnew() throws SQLException {
    for (int i = 0; i < Paces.FAILURES - 1; i++) {
      assertThat(failed()).isFalse();
    }
    assertThat(answered()).as("nobody waited").isFalse();
    for (int i = 0; i < Paces.FAILURES - 1; i++) {
      assertThat(failed()).isFalse();
    }

    assertThat(failed()).isTrue();

    Pace pace = pace();
    assertThat(pace.away()).isTrue();
    assertThat(Duration.between(pace.openedAt(), pace.probeAt())).isEqualTo(Paces.BETWEEN_PROBES);
    assertThat(pace.fault()).isEqualTo("unreachable");
  }

  @Test
  void oneFailureOpensItAgainWhileItIsTriedAndTheAlarmGoesOn() throws SQLException {
    for (int i = 0; i < Paces.FAILURES; i++) {
      boolean ignored = failed();
    }
    Instant since = pace().openedAt();
    database.run(connection -> Paces.tried(connection, issuer));
    assertThat(pace().away()).isFalse();
    assertThat(pace().openedAt()).isEqualTo(since);

    assertThat(failed()).isTrue();

    assertThat(pace().away()).isTrue();
    assertThat(pace().openedAt()).isEqualTo(since);
    assertThat(answered()).as("all waited").isTrue();
    assertThat(pace()).isEqualTo(Pace.FREE);
  }

  @Test
  void whoeverComesLateDoesNotPutOffTheProbe() throws SQLException {
    for (int i = 0; i < Paces.FAILURES; i++) {
      var _ = failed();
    }
    Instant probe = pace().probeAt();

    assertThat(failed()).isTrue();

    assertThat(pace().probeAt()).isEqualTo(probe);
  }

  @Test
  void whoIsToBeLeftAloneIsGivenNoBurstAfterwards() throws SQLException {
    var rate = new Issuer.Rate(100, Duration.ofSeconds(100));
    database.run(
        connection -> {
          Paces.hold(connection, issuer, Duration.ofMinutes(10));
          Paces.hold(connection, issuer, Duration.ofMinutes(1));
        });

    Instant until = Objects.requireNonNull(pace().heldUntil());

    assertThat(until).isAfter(Instant.now().plus(Duration.ofMinutes(9)));
    assertThat(take(rate)).isEqualTo(until);
    assertThat(take(rate)).isEqualTo(until.plusSeconds(1));
  }

  private Instant take(Issuer.Rate rate) {
    try {
      return database.each(connection -> Paces.take(connection, issuer, rate));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean failed() throws SQLException {
    return database.each(connection -> Paces.failed(connection, issuer, "unreachable"));
  }

  private boolean answered() throws SQLException {
    return database.each(connection -> Paces.answered(connection, issuer));
  }

  private Pace pace() throws SQLException {
    return database.each(connection -> Paces.find(connection, issuer));
  }

  private static void update(String sql, Object value) throws SQLException {
    database.run(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, value);
            statement.executeUpdate();
          }
        });
  }
}
