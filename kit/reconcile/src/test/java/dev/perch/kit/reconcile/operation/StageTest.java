package dev.perch.kit.reconcile.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.operation.Operation.Failure;
import dev.perch.contract.operation.Operation.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever happens to an operation, in whichever order. */
class StageTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  /** What can happen; a stage that does not know it stays as it is. */
  enum Happening {
    START,
    DONE,
    WAIT,
    FAIL_FOR_NOW,
    FAIL_FOR_GOOD,
    CANCEL,
    HALT,
    UNDONE
  }

  @Property
  void stepsAreRunInOrderAndUndoneInReverse(
      @ForAll @IntRange(min = 1, max = 5) int count,
      @ForAll @Size(max = 40) List<Happening> happenings) {
    Stage stage = pending(count);
    List<String> run = new ArrayList<>();
    List<String> undone = new ArrayList<>();
    for (Happening happening : happenings) {
      Stage next = next(stage, happening);
      if (stage instanceof Stage.End) {
        assertThat(next).isEqualTo(stage);
      }
      begun(stage, next).forEach(run::add);
      undone(stage, next).forEach(undone::addFirst);
      stage = next;
      check(stage);
    }
    assertThat(run).isEqualTo(names(count).subList(0, run.size()));
    if (stage instanceof Stage.Failed || stage instanceof Stage.Cancelled) {
      assertThat(undone).isEqualTo(run);
    }
    if (stage instanceof Stage.Succeeded) {
      assertThat(run).hasSize(count);
      assertThat(undone).isEmpty();
    }
  }

  @Property
  void everyOperationComesToAnEnd(
      @ForAll @IntRange(min = 1, max = 5) int count,
      @ForAll @Size(max = 40) List<Happening> happenings) {
    Stage stage = pending(count);
    for (Happening happening : happenings) {
      stage = next(stage, happening);
    }
    for (int i = 0; i < 2 * count + 2; i++) {
      for (Happening happening : List.of(Happening.START, Happening.DONE, Happening.UNDONE)) {
        stage = next(stage, happening);
      }
    }
    assertThat(stage).isInstanceOf(Stage.End.class);
  }

  @Property
  void whatIsReadBackIsWhatWasWritten(
      @ForAll @IntRange(min = 1, max = 3) int count,
      @ForAll @Size(max = 20) List<Happening> happenings) {
    Stage stage = pending(count);
    for (Happening happening : happenings) {
      stage = next(stage, happening);
      assertThat(Stage.of(stage.word(), stage.steps(), stage.failure())).isEqualTo(stage);
    }
  }

  private static void check(Stage stage) {
    long working =
        stage.steps().all().stream()
            .map(StepEntry::state)
            .filter(
                state ->
                    state == StepState.RUNNING
                        || state == StepState.WAITING
                        || state == StepState.COMPENSATING)
            .count();
    assertThat(working).isEqualTo(stage instanceof Stage.Working ? 1 : 0);
    assertThat(stage.failure() != null)
        .isEqualTo(
            stage instanceof Stage.Failed
                || (stage instanceof Stage.Compensating back && back.failure() != null));
    if (stage instanceof Stage.Succeeded) {
      assertThat(stage.steps().all()).extracting(StepEntry::state).containsOnly(StepState.DONE);
    }
  }

  private static Stage next(Stage stage, Happening happening) {
    return switch (happening) {
      case START -> stage instanceof Stage.Pending pending ? pending.start(NOW) : stage;
      case DONE -> stage instanceof Stage.Forward forward ? forward.done(null, NOW) : stage;
      case WAIT -> stage instanceof Stage.Working working ? working.waiting(1, "waits") : stage;
      case FAIL_FOR_NOW ->
          stage instanceof Stage.Working working ? working.failing("away", NOW) : stage;
      case FAIL_FOR_GOOD ->
          stage instanceof Stage.Forward forward
              ? forward.failed(new Failure(forward.current().name(), "REFUSED", "no"), NOW)
              : stage;
      case CANCEL ->
          switch (stage) {
            case Stage.Pending pending -> pending.cancel();
            case Stage.Running running -> running.cancel();
            default -> stage;
          };
      case HALT -> stage instanceof Stage.Cancelling cancelling ? cancelling.halt() : stage;
      case UNDONE -> stage instanceof Stage.Compensating back ? back.undone(NOW) : stage;
    };
  }

  private static List<String> begun(Stage before, Stage after) {
    return changed(before, after, StepState.PENDING, StepState.RUNNING);
  }

  private static List<String> undone(Stage before, Stage after) {
    return changed(before, after, StepState.COMPENSATING, StepState.COMPENSATED);
  }

  private static List<String> changed(Stage before, Stage after, StepState from, StepState to) {
    return IntStream.range(0, before.steps().all().size())
        .filter(i -> before.steps().all().get(i).state() == from)
        .filter(i -> after.steps().all().get(i).state() == to)
        .mapToObj(i -> after.steps().all().get(i).name())
        .toList();
  }

  private static Stage pending(int count) {
    return new Stage.Pending(Steps.of(names(count)));
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "step-" + i).toList();
  }
}
