package dev.perch.kit.reconcile.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.contract.operation.Operation.State;
import dev.perch.contract.operation.Operation.StepState;
import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A replica dies, or freezes, as it begins one of its steps; another one takes over. */
class OperationDeathTest {
  private static final String HERE = "dev.perch.kit.reconcile.";
  private static final String TARGET = "things/1";

  @RegisterExtension final Victims victims = new Victims();
  private Replica replica;

  @BeforeEach
  void open() throws SQLException {
    replica = Replica.fresh();
  }

  @AfterEach
  void close() {
    replica.close();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}.{1}, time {2}")
  @CsvSource({
    "operation.OperationDriver, reconcile, 1",
    // Before and after each transition: begun, a done, b done, c done.
    "operation.OperationBook, move, 1",
    "operation.OperationBook, move, 2",
    "operation.OperationBook, move, 3",
    "operation.OperationBook, move, 4",
    "operation.OperationTable, update, 2",
    "WorkItems, requireHeld, 3",
    // Before each effect.
    "operation.Probe$ProbeStep, run, 1",
    "operation.Probe$ProbeStep, run, 2",
    "operation.Probe$ProbeStep, run, 3",
    // All is done and nobody has written back.
    "WorkTable, done, 1",
  })
  void whatItWasDoingIsGoneOnWith(String type, String step, int time) throws Exception {
    UUID id = replica.request(TARGET, Replica.spec("a", "b", "c"));
    kill(type, step, time);

    replica.work();

    replica.awaitState(id, State.SUCCEEDED);
    assertThat(replica.effects(id)).containsExactly("run a", "run b", "run c");
    replica.assertPublishedWhole(id);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}.{1}, time {2}")
  @CsvSource({
    // The refusal, and each step that is undone.
    "operation.OperationBook, move, 3",
    "operation.OperationBook, move, 4",
    "operation.OperationBook, move, 5",
    "operation.Probe$ProbeStep, compensate, 1",
    "operation.Probe$ProbeStep, compensate, 2",
    "WorkItems, requireHeld, 5",
  })
  void whatItWasUndoingIsUndone(String type, String step, int time) throws Exception {
    UUID id = replica.request(TARGET, Replica.spec("a", "b").put("refused", "b"));
    kill(type, step, time);

    replica.work();

    replica.awaitState(id, State.FAILED);
    assertThat(replica.effects(id).stream().filter(effect -> effect.startsWith("undo")))
        .containsExactly("undo b", "undo a");
    assertThat(replica.effects(id)).containsOnlyOnce("run a");
    replica.assertPublishedWhole(id);
  }

  @Test
  void aWorkerThatSleptThroughItsLeaseIsRefused() throws Exception {
    UUID id = replica.request(TARGET, Replica.spec("a", "b").put("waits", "b"));
    // It has run step a and is about to say so.
    Victim sleeper =
        victims.start(
            Victim.of(Replica.class, replica.rig.arguments("once"))
                .frozenAt(OperationBook.class, "move", 2));
    sleeper.awaitHalt();
    replica.work();
    await()
        .atMost(Replica.PATIENCE)
        .until(() -> replica.read(id).steps().get(1).state() == StepState.WAITING);

    // When it wakes up and writes that its step is done, while another worker is at the next one
    sleeper.thaw();
    sleeper.awaitOutput("REFUSED");

    // Then nothing of it was written
    assertThat(replica.state(id)).isEqualTo(State.RUNNING);
    sleeper.kill();
    replica.go("b");
    replica.awaitState(id, State.SUCCEEDED);
    assertThat(replica.effects(id)).containsExactly("run a", "run b");
    replica.assertPublishedWhole(id);
  }

  private void kill(String type, String step, int time) {
    Victim victim =
        victims.start(
            Victim.of(Replica.class, replica.rig.arguments()).killedAt(HERE + type, step, time));
    victim.awaitHalt();
    assertThat(victim.isAlive()).isFalse();
  }
}
