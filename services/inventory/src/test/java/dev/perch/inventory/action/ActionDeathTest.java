package dev.perch.inventory.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A replica is killed at a step of an action; another one goes on with it. */
class ActionDeathTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension final Victims victims = new Victims();
  private ActionReplica replica;

  @BeforeEach
  void open() throws SQLException {
    replica = ActionReplica.fresh();
  }

  @AfterEach
  void close() {
    replica.close();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}.{1}, time {2}")
  @CsvSource({
    "inventory.action.ShutDown, run, 1",
    "kit.timeline.TimelineTable, insert, 1",
    "kit.reconcile.WorkItems, requireHeld, 2",
    "inventory.action.Settle, run, 1",
    "inventory.action.Lock, run, 1",
    "inventory.host.HostTable, updateState, 2",
    "kit.reconcile.operation.OperationBook, move, 4",
    "inventory.action.Publish, run, 1",
  })
  void aLockIsMadeOnceAndWhole(String type, String step, int time) throws Exception {
    UUID host = replica.host("UNLOCKED", "IN_SERVICE");
    UUID lock = replica.request(Action.LOCK, host);
    kill(type, step, time);

    replica.work();

    await().atMost(PATIENCE).until(() -> replica.state(host).equals("3 LOCKED MAINTENANCE"));
    replica.publish();
    await().atMost(PATIENCE).until(() -> replica.operationState(lock).equals("SUCCEEDED"));
    assertThat(replica.timeline(host))
        .containsExactly("2 SHUTTING_DOWN IN_SERVICE", "3 LOCKED MAINTENANCE");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}.{1}, time {2}")
  @CsvSource({
    "inventory.action.CheckAgain, run, 1",
    "inventory.action.Unlock, run, 1",
    "kit.timeline.TimelineTable, insert, 1",
    "kit.reconcile.operation.OperationBook, move, 3",
    "inventory.action.Prove, run, 1",
    "inventory.host.HostTable, updateState, 2",
    "kit.reconcile.operation.OperationBook, move, 4",
  })
  void anUnlockIsMadeOnceAndProven(String type, String step, int time) throws Exception {
    UUID host = replica.host("LOCKED", "DISCOVERED");
    UUID unlock = replica.request(Action.UNLOCK, host);
    kill(type, step, time);

    replica.work();

    await().atMost(PATIENCE).until(() -> replica.operationState(unlock).equals("SUCCEEDED"));
    assertThat(replica.timeline(host))
        .containsExactly("2 UNLOCKED DISCOVERED", "3 UNLOCKED IN_SERVICE");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}.{1}, time {2}")
  @CsvSource({
    "inventory.action.ShutDown, compensate, 1",
    "inventory.host.HostTable, updateState, 2",
  })
  void aLockThatIsRefusedOnTheWayIsUndone(String type, String step, int time) throws Exception {
    UUID host = replica.host("UNLOCKED", "IN_SERVICE");
    replica.wants(host);
    UUID lock = replica.request(Action.LOCK, host);
    kill(type, step, time);

    replica.work();

    await().atMost(PATIENCE).until(() -> replica.operationState(lock).equals("FAILED"));
    assertThat(replica.timeline(host))
        .containsExactly("2 SHUTTING_DOWN IN_SERVICE", "3 UNLOCKED IN_SERVICE");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}.{1}, time {2}")
  @CsvSource({
    "inventory.action.Lock, run, 1",
    "inventory.host.HostTable, updateState, 1",
    "kit.reconcile.WorkItems, requireHeld, 1",
    "kit.reconcile.operation.OperationBook, move, 2",
    "inventory.action.Publish, run, 1",
  })
  void aForcedLockIsMadeOnceAndWhole(String type, String step, int time) throws Exception {
    UUID host = replica.host("UNLOCKED", "IN_SERVICE");
    replica.wants(host);
    UUID lock = replica.request(Action.FORCE_LOCK, host);
    kill(type, step, time);

    replica.work();

    await().atMost(PATIENCE).until(() -> replica.state(host).equals("2 LOCKED MAINTENANCE"));
    replica.publish();
    await().atMost(PATIENCE).until(() -> replica.operationState(lock).equals("SUCCEEDED"));
    assertThat(replica.timeline(host)).containsExactly("2 LOCKED MAINTENANCE");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}.{1}, time {2}")
  @CsvSource({
    "inventory.action.Remove, run, 1",
    "inventory.enrolment.EnrolledHosts, lock, 1",
    "inventory.enrolment.AgentKeyBook, revoke, 1",
    "inventory.report.ReportRemoval, before, 1",
    "inventory.host.HostTable, delete, 1",
    "kit.timeline.TimelineTable, insert, 1",
    "kit.reconcile.WorkItems, requireHeld, 1",
    "kit.reconcile.operation.OperationBook, move, 2",
  })
  void aHostIsRemovedOnceAndWithAllThatBelongsToIt(String type, String step, int time)
      throws Exception {
    UUID host = replica.host("LOCKED", "MAINTENANCE");
    int facets = replica.facets(host);
    UUID delete = replica.request(Action.DELETE, host);
    kill(type, step, time);

    replica.work();

    await().atMost(PATIENCE).until(() -> replica.operationState(delete).equals("SUCCEEDED"));
    assertThat(replica.remains(host)).isEmpty();
    assertThat(replica.timeline(host)).containsExactly("2 LOCKED MAINTENANCE");
    assertThat(replica.burials(host))
        .hasSize(1 + facets)
        .contains("perch.inventory.host-changes " + host + " 2")
        .contains("perch.inventory.host-facet-changes " + host + "/kernel 2");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}.{1}, time {2}")
  @CsvSource({
    "inventory.action.Lock, compensate, 1",
    "inventory.host.HostTable, updateState, 1",
    "inventory.action.ShutDown, compensate, 1",
  })
  void aLockThatIsCancelledBeforeItIsKnownIsUndone(String type, String step, int time)
      throws Exception {
    UUID host = replica.host("UNLOCKED", "IN_SERVICE");
    UUID lock = replica.request(Action.LOCK, host);
    kill("inventory.action.Publish", "run", 1);
    replica.cancel(lock);
    kill(type, step, time);

    replica.work();

    await().atMost(PATIENCE).until(() -> replica.operationState(lock).equals("CANCELLED"));
    assertThat(replica.timeline(host))
        .containsExactly(
            "2 SHUTTING_DOWN IN_SERVICE", "3 LOCKED MAINTENANCE", "4 UNLOCKED IN_SERVICE");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}.{1}, time {2}")
  @CsvSource({
    "inventory.action.Unlock, compensate, 1",
    "inventory.host.HostTable, updateState, 1",
    "kit.reconcile.WorkItems, requireHeld, 1",
  })
  void anUnlockThatIsNotProvenIsUndone(String type, String step, int time) throws Exception {
    UUID host = replica.host("LOCKED", "DISCOVERED");
    UUID unlock = replica.request(Action.UNLOCK, host);
    kill("inventory.action.Prove", "run", 1);
    replica.silent(host);
    kill(type, step, time);

    replica.work();

    await().atMost(PATIENCE).until(() -> replica.operationState(unlock).equals("FAILED"));
    assertThat(replica.timeline(host))
        .containsExactly("2 UNLOCKED DISCOVERED", "3 LOCKED DISCOVERED");
  }

  private void kill(String type, String step, int time) {
    Victim victim =
        victims.start(
            Victim.of(ActionReplica.class, replica.arguments())
                .killedAt("dev.perch." + type, step, time));
    victim.awaitHalt();
    assertThat(victim.isAlive()).isFalse();
  }
}
