package dev.perch.kit.reconcile.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.perch.contract.Cause;
import dev.perch.contract.operation.Operation;
import dev.perch.contract.operation.Operation.State;
import dev.perch.contract.operation.Operation.StepState;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationTest {
  private static final String TARGET = "things/1";
  private static final Cause CANCEL = new Cause("somebody", "operation.cancel", null);

  private Replica replica;
  private Replica other;

  @BeforeEach
  void open() throws SQLException {
    replica = Replica.fresh();
    other = replica.another();
  }

  @AfterEach
  void close() {
    other.close();
    replica.close();
  }

  @Test
  void runsItsStepsInOrderAndPublishesEachTransition() throws SQLException {
    UUID id = replica.request(TARGET, Replica.spec("a", "b", "c"));
    assertThat(replica.read(id).requestedBy()).isEqualTo("somebody");

    replica.work();

    Operation done = replica.awaitState(id, State.SUCCEEDED);
    assertThat(replica.effects(id)).containsExactly("run a", "run b", "run c");
    assertThat(done.steps()).hasSize(3).allMatch(step -> step.state() == StepState.DONE);
    assertThat(done.finishedAt()).isNotNull();
    // Created, begun, two further steps, done.
    assertThat(done.version()).isEqualTo(5);
    replica.assertPublishedWhole(id);
    awaitNoWork();
  }

  @Test
  void aRefusalUndoesWhatWasDoneInReverse() throws SQLException {
    UUID id = replica.request(TARGET, Replica.spec("a", "b", "c", "d").put("refused", "c"));

    replica.work();

    Operation failed = replica.awaitState(id, State.FAILED);
    assertThat(replica.effects(id))
        .containsExactly("run a", "run b", "run c", "undo c", "undo b", "undo a");
    assertThat(failed.failure())
        .isEqualTo(new Operation.Failure("c", "REFUSED", "the peer says no"));
    assertThat(failed.steps())
        .extracting(Operation.Step::state)
        .containsExactly(
            StepState.COMPENSATED, StepState.COMPENSATED, StepState.COMPENSATED, StepState.SKIPPED);
    replica.assertPublishedWhole(id);
  }

  @Test
  void aTransientFailureIsTriedAgainAndShown() throws SQLException {
    UUID id = replica.request(TARGET, Replica.spec("a").put("flaky", "a"));

    replica.work();

    Shown failing =
        await().atMost(Replica.PATIENCE).until(() -> replica.show(id), s -> s.lastError() != null);
    Shown.LastError error = Objects.requireNonNull(failing.lastError());
    assertThat(error.message()).isEqualTo("a: the peer is away");
    assertThat(error.code()).isEqualTo("TRANSIENT");
    assertThat(failing.nextDue()).isAfter(error.at());
    replica.awaitState(id, State.SUCCEEDED);
    assertThat(replica.effects(id)).containsExactly("run a", "run a");
  }

  @Test
  void aStepThatWaitsHoldsNoPlaceAndSaysWhatItWaitsFor() throws SQLException {
    UUID id = replica.request(TARGET, Replica.spec("a", "b").put("waits", "b"));
    replica.work();

    Operation waiting =
        await()
            .atMost(Replica.PATIENCE)
            .until(() -> replica.read(id), o -> o.steps().get(1).state() == StepState.WAITING);
    assertThat(waiting.steps().get(1).message()).isEqualTo("waits for a go");
    assertThat(waiting.steps().get(1).progress()).isEqualTo(50);

    replica.go("b");

    replica.awaitState(id, State.SUCCEEDED);
    assertThat(replica.effects(id)).containsExactly("run a", "run b");
  }

  @Test
  void ofOneTargetOnlyTheOldestUnfinishedRuns() throws SQLException {
    UUID first = replica.request(TARGET, Replica.spec("a").put("waits", "a"));
    UUID second = replica.request(TARGET, Replica.spec("b"));
    UUID elsewhere = replica.request("things/2", Replica.spec("c"));
    replica.work();
    other.work();

    replica.awaitState(elsewhere, State.SUCCEEDED);
    assertThat(replica.show(second).waitsFor()).isEqualTo(first);
    assertThat(replica.state(second)).isEqualTo(State.PENDING);

    replica.go("a");
    replica.awaitState(second, State.SUCCEEDED);
    assertThat(replica.state(first)).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void cancelledBeforeItIsBegunNothingIsDone() throws SQLException {
    UUID id = replica.request(TARGET, Replica.spec("a", "b"));

    cancel(id);

    assertThat(replica.state(id)).isEqualTo(State.CANCELLED);
    replica.work();
    awaitNoWork();
    assertThat(replica.effects(id)).isEmpty();
    assertThat(replica.read(id).steps())
        .hasSize(2)
        .allMatch(step -> step.state() == StepState.SKIPPED);
    replica.assertPublishedWhole(id);
  }

  @Test
  void cancelledWhileItWaitsItIsUndoneAtOnce() throws SQLException {
    UUID id = replica.request(TARGET, Replica.spec("a", "b", "c").put("waits", "b"));
    replica.work();
    await()
        .atMost(Replica.PATIENCE)
        .until(() -> replica.read(id).steps().get(1).state() == StepState.WAITING);

    cancel(id);

    replica.awaitState(id, State.CANCELLED);
    assertThat(replica.effects(id)).containsExactly("run a", "undo b", "undo a");
    replica.assertPublishedWhole(id);
  }

  @Test
  void cancelledWhileAStepRunsTheStepEndsFirst() throws Exception {
    // The step cannot get at its table, so it is being run for as long as we want.
    UUID id = replica.request(TARGET, Replica.spec("a", "b"));
    try (var connection = replica.rig.of.dataSource().getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table effect in access exclusive mode");
      replica.work();
      replica.awaitState(id, State.RUNNING);
      cancel(id);
      assertThat(replica.state(id)).isEqualTo(State.CANCELLING);
      cancel(id);
      connection.rollback();
    }

    replica.awaitState(id, State.CANCELLED);
    assertThat(replica.effects(id)).containsExactly("run a", "undo a");
    replica.assertPublishedWhole(id);
  }

  @Test
  void whatIsBeingUndoneOrIsAtAnEndIsNotCancelled() throws SQLException {
    UUID id = replica.request(TARGET, Replica.spec("a").put("refused", "a"));
    replica.work();
    replica.awaitState(id, State.FAILED);

    assertThatThrownBy(() -> cancel(id))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem()).isInstanceOf(Problem.Conflict.class));
    assertThatThrownBy(() -> cancel(UUID.randomUUID()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem()).isInstanceOf(Problem.NotFound.class));
  }

  @Test
  void twoReplicasRunEachStepOfAThousandOperationsOnce() throws SQLException {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      ids.add(replica.request("things/" + i % 250, Replica.spec("a", "b")));
    }

    replica.work();
    other.work();

    await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () ->
                replica
                    .rig
                    .column("select count(*) from operation where state <> 'SUCCEEDED'")
                    .equals(List.of("0")));
    assertThat(
            replica.rig.column(
                "select step from effect group by operation, step having count(*) <> 1"))
        .isEmpty();
    assertThat(replica.rig.column("select count(*) from effect")).containsExactly("2000");
    // In the order of a target's effects its operations come one after the other, the oldest first.
    assertThat(
            replica.rig.column(
                """
                select target from (
                  select target, operation, lag(operation) over (partition by target order by id)
                    as before from effect) as pair
                where operation < before
                """))
        .isEmpty();
    for (UUID id : ids.subList(0, 50)) {
      replica.assertPublishedWhole(id);
    }
  }

  @Test
  void whatWasForgottenIsATombstone() throws SQLException {
    UUID id = replica.request(TARGET, Replica.spec("a"));
    replica.work();
    replica.awaitState(id, State.SUCCEEDED);
    assertThat(replica.book.forget(Duration.ofDays(1), 100)).isZero();

    assertThat(replica.book.forget(Duration.ZERO, 100)).isEqualTo(1);

    assertThat(replica.book.show(id)).isEmpty();
    assertThat(
            replica.rig.column(
                "select log_type from outbox where key = ? and state is null", id.toString()))
        .containsExactly("dev.perch.platform.operation.deleted.v1");
  }

  private void cancel(UUID id) throws SQLException {
    var _ = replica.book.cancel(id, CANCEL, kept -> {});
  }

  private void awaitNoWork() {
    await()
        .atMost(Replica.PATIENCE)
        .until(() -> replica.rig.column("select key from work_item").isEmpty());
  }
}
