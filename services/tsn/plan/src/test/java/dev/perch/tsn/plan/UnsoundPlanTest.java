package dev.perch.tsn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.perch.tsn.plan.check.Corruption;
import dev.perch.tsn.plan.check.PlanCheck;
import dev.perch.tsn.plan.engine.Demand;
import dev.perch.tsn.plan.model.Admission;
import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a checker objects to never leaves the planner, whatever is wrong with the planner. */
class UnsoundPlanTest {
  private static final Options OPTIONS = Options.DEFAULT.unexplained();

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      // The draft cannot have streams that it was not asked for, nor refused ones.
      names = {"STREAM_NOBODY_ASKED_FOR", "LATER_THAN_ITS_BOUND"})
  void aDamagedPlanIsRefusedWithAllFindings(Corruption corruption) {
    Corruption.Case damaged = corruption.damage(Corruption.Case.good());
    Draft draft =
        new Draft(damaged.network(), OPTIONS) {
          @Override
          Plan plan() {
            return damaged.plan();
          }
        };

    UnsoundPlanException refused =
        catchThrowableOfType(
            UnsoundPlanException.class,
            () -> Planner.plan(damaged.network(), damaged.streams(), draft));

    assertThat(refused.flaws())
        .isEqualTo(PlanCheck.check(damaged.network(), damaged.streams(), damaged.plan()).flaws())
        .isNotEmpty();
    refused.flaws().forEach(flaw -> assertThat(refused).hasMessageContaining(flaw.message()));
  }

  @Test
  void aStreamThatIsNotWhereItShouldBeIsNotAdmittedAndNothingChanges() {
    Scene scene = Scene.random(1, 30);
    for (Consumer<Fault> damage : List.<Consumer<Fault>>of(Fault::late, Fault::shut)) {
      Fault fault = new Fault(scene.network());
      Schedule schedule = new Schedule(scene.network(), fault);
      List<Stream> first = scene.streams().subList(0, 15);
      schedule.admitAll(first);
      Plan before = schedule.plan();
      Stream next =
          scene.streams().stream()
              .skip(15)
              .filter(stream -> schedule.tryAdmit(stream) instanceof Admission.Accepted)
              .findFirst()
              .orElseThrow();

      damage.accept(fault);
      assertThatThrownBy(() -> schedule.admit(next))
          .isInstanceOfSatisfying(
              UnsoundPlanException.class, refused -> assertThat(refused.flaws()).isNotEmpty());

      fault.mend();
      assertThat(schedule.plan()).isEqualTo(before);
      assertThat(schedule.admit(next)).isInstanceOf(Admission.Accepted.class);
    }
  }

  @Test
  void noChangeOfAnyKindGetsPastTheCheckers() {
    Scene scene = Scene.random(2, 40);
    Fault fault = new Fault(scene.network());
    Schedule schedule = new Schedule(scene.network(), fault);
    schedule.admitAll(scene.streams().subList(0, 30));
    Plan before = schedule.plan();
    List<Stream> more = scene.streams().subList(30, 40);
    String name = before.streams().keySet().iterator().next();
    List<Runnable> changes =
        List.of(
            () -> schedule.admitAll(more),
            () -> schedule.replan(more, Duration.ofMillis(100)),
            () -> more.forEach(schedule::admitMoving),
            () -> more.forEach(schedule::tryAdmit),
            () -> schedule.remove(name));

    for (Runnable change : changes) {
      fault.shut();
      assertThatThrownBy(change::run).isInstanceOf(UnsoundPlanException.class);
      fault.mend();
      assertThat(schedule.plan().streams()).isEqualTo(before.streams());
      assertThat(schedule.plan().gates()).isEqualTo(before.gates());
    }
  }

  /** A draft that tells something else than what the engine did. */
  private static final class Fault extends Draft {
    private boolean late;
    private boolean shut;

    Fault(Network network) {
      super(network, OPTIONS);
    }

    /** From now on frames are said to start 1 µs later at the talker. */
    void late() {
      late = true;
    }

    /** From now on gates are said to stay shut for time-triggered frames. */
    void shut() {
      shut = true;
    }

    void mend() {
      late = false;
      shut = false;
    }

    @Override
    StreamPlan stream(Demand demand) {
      StreamPlan plan = super.stream(demand);
      if (!late) {
        return plan;
      }
      List<Hop> hops = new ArrayList<>(plan.trees().getFirst().hops());
      Hop first = hops.getFirst();
      hops.set(
          0,
          new Hop(
              first.link(), first.queue(), first.starts().stream().map(s -> s + 1_000).toList()));
      List<Tree> trees = new ArrayList<>(plan.trees());
      trees.set(0, new Tree(hops));
      return new StreamPlan(plan.stream(), trees);
    }

    @Override
    @Nullable GateList gates(int link) {
      GateList list = super.gates(link);
      return list == null || !shut
          ? list
          : new GateList(
              list.link(),
              list.baseTime(),
              list.cycle(),
              List.of(new GateEntry(GateEntry.Operation.SET_GATE_STATES, 1, list.cycle())));
    }
  }
}
