package dev.perch.kit.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows, leases and fences, without anybody who works. */
class WorkTableTest {
  private static final String Q = "q";
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(50);

  private Rig rig;
  private WorkTable table;

  @BeforeEach
  void open() throws SQLException {
    rig = Rig.fresh("work");
    table = rig.table();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aWokenKeyIsClaimedOnceAndGoesWhenItIsDone() throws SQLException {
    rig.wake(Q, "a");

    Claim claim = claim(LEASE);

    assertThat(table.claim(Q, 10, LEASE)).isEmpty();
    assertThat(table.end(claim, new Outcome.Done())).isTrue();
    assertThat(rig.column("select key from work_item")).isEmpty();
  }

  @Test
  void aWakeThatIsRolledBackNeverWas() throws SQLException {
    try (var connection = rig.of.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      rig.items.wake(connection, Q, Set.of("a"));
      connection.rollback();
    }

    assertThat(table.claim(Q, 10, LEASE)).isEmpty();
  }

  @Test
  void aWakeOfWhatIsWorkedOnLeavesTheLeaseAndIsNotLost() throws SQLException {
    rig.wake(Q, "a");
    Claim claim = claim(LEASE);
    String lease = only("select due_at from work_item");

    rig.wake(Q, "a");

    assertThat(only("select due_at from work_item")).isEqualTo(lease);
    assertThat(table.end(claim, new Outcome.Done())).isTrue();
    assertThat(table.claim(Q, 10, LEASE)).extracting(Claim::key).containsExactly("a");
  }

  @Test
  void aWakeMakesDueWhatWaitsButNotLater() throws SQLException {
    rig.wake(Q, "a");
    table.end(claim(LEASE), new Outcome.Again(Duration.ofHours(1)));
    assertThat(table.claim(Q, 10, LEASE)).isEmpty();
    assertThat(table.nextDue(Q).orElseThrow())
        .isBetween(Duration.ofMinutes(59), Duration.ofHours(1));

    rig.wake(Q, "a");

    assertThat(table.claim(Q, 10, LEASE)).hasSize(1);
  }

  @Test
  void anEndedLeaseIsAnybodysAndItsHolderIsRefused() throws SQLException {
    rig.wake(Q, "a");
    Claim stale = claim(SHORT);
    Claim next = await().until(() -> claims(LEASE), found -> !found.isEmpty()).getFirst();

    assertThat(next.fence()).isGreaterThan(stale.fence());
    assertThat(table.end(stale, new Outcome.Done())).isFalse();
    assertThat(table.end(stale, new Outcome.Failed(ErrorClass.REFUSED, "no"))).isFalse();
    assertThat(table.handBack(stale)).isFalse();
    assertThat(table.renew(List.of(stale, next), LEASE)).containsExactly(next.fence());
    assertThatThrownBy(() -> requireHeld(stale)).isInstanceOf(LeaseLostException.class);
    requireHeld(next);
    assertThat(table.end(next, new Outcome.Done())).isTrue();
  }

  @Test
  void aRowThatWasMadeAnewRefusesTheHolderOfTheOldOne() throws SQLException {
    rig.wake(Q, "a");
    Claim stale = claim(SHORT);
    Claim next = await().until(() -> claims(LEASE), found -> !found.isEmpty()).getFirst();
    assertThat(table.end(next, new Outcome.Done())).isTrue();

    rig.wake(Q, "a");
    Claim last = claim(LEASE);

    assertThat(table.end(stale, new Outcome.Done())).isFalse();
    assertThat(table.end(last, new Outcome.Done())).isTrue();
  }

  @Test
  void aFailureIsKeptAndDueAfterTheBackOffOfItsClass() throws SQLException {
    rig.wake(Q, "a");

    table.end(claim(LEASE), new Outcome.Failed(ErrorClass.REFUSED, "not\0today"));

    assertThat(table.nextDue(Q).orElseThrow())
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(10));
    assertThat(only("select last_error_class || ' ' || last_error from work_item"))
        .isEqualTo("REFUSED not\uFFFDtoday");
    rig.wake(Q, "a");
    Claim again = claim(LEASE);
    assertThat(again.attempt()).isEqualTo(1);
    table.end(again, new Outcome.Failed(ErrorClass.REFUSED, "no"));
    assertThat(table.nextDue(Q).orElseThrow())
        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
  }

  @Test
  void workThatKnowsBetterThanItsClassSaysWhenItIsTriedAgain() throws SQLException {
    rig.wake(Q, "a");

    table.end(
        claim(LEASE), new Outcome.Failed(ErrorClass.MISCONFIGURED, "no", Duration.ofSeconds(2)));

    assertThat(table.nextDue(Q).orElseThrow())
        .isBetween(Duration.ofMillis(1), Duration.ofSeconds(2));
  }

  @Test
  void aSuccessForgetsTheFailures() throws SQLException {
    rig.wake(Q, "a");
    table.end(claim(LEASE), new Outcome.Failed(ErrorClass.MISCONFIGURED, "no such thing"));
    assertThat(table.stuck(Q)).isPresent();
    rig.wake(Q, "a");

    table.end(claim(LEASE), new Outcome.At(Instant.now().plusSeconds(60)));

    assertThat(table.stuck(Q)).isEmpty();
    assertThat(only("select attempt from work_item where last_error is null")).isEqualTo("0");
  }

  @Test
  void aRenewalDoesNotWaitForWhoeverIsWakingTheRow() throws SQLException {
    rig.wake(Q, "a");
    Claim locked = claim(LEASE);
    rig.wake(Q, "b");
    Claim free = claim(LEASE);
    try (var connection = rig.of.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      rig.items.wake(connection, Q, Set.of("a"));

      assertThat(table.renew(List.of(locked, free), LEASE)).containsExactly(free.fence());
    }
  }

  @Test
  void whatIsDueLongestIsClaimedFirst() throws SQLException {
    for (String key : List.of("z", "y", "x")) {
      rig.wake(Q, key);
    }

    assertThat(List.of(claim(LEASE).key(), claim(LEASE).key())).containsExactly("z", "y");
  }

  private Claim claim(Duration lease) throws SQLException {
    return table.claim(Q, 1, lease).getFirst();
  }

  private List<Claim> claims(Duration lease) throws SQLException {
    return table.claim(Q, 1, lease);
  }

  private void requireHeld(Claim claim) throws SQLException {
    rig.database.run(connection -> rig.items.requireHeld(connection, claim));
  }

  private String only(String sql) throws SQLException {
    return String.valueOf(rig.column(sql).getFirst());
  }
}
