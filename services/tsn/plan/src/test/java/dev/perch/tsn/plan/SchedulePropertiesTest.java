package dev.perch.tsn.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.tsn.plan.check.Flaw;
import dev.perch.tsn.plan.check.PlanCheck;
import dev.perch.tsn.plan.model.Admission;
import dev.perch.tsn.plan.model.Outcome;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds for every network and every list of streams. */
class SchedulePropertiesTest {
  private static final Options OPTIONS =
      Options.DEFAULT.unexplained().withLimit(Duration.ofMillis(20));

  @Property(tries = 60)
  void everyPlanObeysTheRules(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 40) int count) {
    Scene scene = Scene.random(seed, count);

    Outcome outcome = Planner.plan(scene.network(), scene.streams(), OPTIONS);

    assertThat(Rules.brokenBy(scene.network(), scene.streams(), outcome.plan())).isEmpty();
    assertThat(flaws(scene, outcome.plan())).isEmpty();
    assertThat(outcome.plan().streams().size() + outcome.refusals().size()).isEqualTo(count);
  }

  @Property(tries = 60)
  void streamsAdmittedOneByOneObeyTheRules(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 40) int count) {
    Scene scene = Scene.random(seed, count);
    Schedule schedule = Schedule.of(scene.network(), OPTIONS);

    scene.streams().forEach(schedule::admit);

    Plan plan = schedule.plan();
    assertThat(Rules.brokenBy(scene.network(), scene.streams(), plan)).isEmpty();
    assertThat(flaws(scene, plan)).isEmpty();
  }

  @Property(tries = 60)
  void addingAndRemovingOneStreamChangesNoOther(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 2, max = 30) int count) {
    Scene scene = Scene.random(seed, count);
    Schedule schedule = Schedule.of(scene.network(), OPTIONS);
    List<Stream> first = scene.streams().subList(0, count / 2);
    first.forEach(schedule::admit);
    Plan before = schedule.plan();

    for (Stream stream : scene.streams().subList(count / 2, count)) {
      schedule.tryAdmit(stream);
      schedule.admit(stream);
    }
    for (Stream stream : scene.streams().subList(count / 2, count)) {
      Map<String, StreamPlan> now = new LinkedHashMap<>(schedule.plan().streams());
      now.keySet().retainAll(before.streams().keySet());
      assertThat(now).isEqualTo(before.streams());
      schedule.remove(stream.name());
    }

    assertThat(schedule.plan()).isEqualTo(before);
  }

  @Property(tries = 60)
  void gateListsThatGrewAreThoseOfAllStreamsAtOnce(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 2, max = 40) int count) {
    Scene scene = Scene.random(seed, count);
    Schedule schedule = Schedule.of(scene.network(), OPTIONS);

    List<Stream> placed = new ArrayList<>();
    for (Stream stream : scene.streams()) {
      schedule.tryAdmit(stream);
      if (schedule.admit(stream) instanceof Admission.Accepted) {
        placed.add(stream);
      }
    }

    Plan grown = schedule.plan();
    Plan compiled = Schedule.resume(scene.network(), placed, grown, OPTIONS).plan();
    assertThat(grown.gates()).isEqualTo(compiled.gates());
  }

  @Property(tries = 60)
  void noFrameIsInAQueueTogetherWithAnotherOne(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 2, max = 40) int count) {
    Scene scene = Scene.random(seed, count);

    Plan plan = Planner.plan(scene.network(), scene.streams(), OPTIONS).plan();

    assertThat(new QueueStays(scene.network(), scene.streams(), plan).meetings()).isEmpty();
  }

  @Property(tries = 60)
  void onlyMovableStreamsAreMoved(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 10, max = 40) int count) {
    Scene scene = Scene.random(seed, count);
    Schedule schedule = Schedule.of(scene.network(), OPTIONS);
    for (Stream stream : scene.streams()) {
      Plan before = schedule.plan();

      Admission admission = schedule.admitMoving(stream);

      Plan after = schedule.plan();
      List<String> changed =
          before.streams().keySet().stream()
              .filter(
                  name -> !Objects.equals(before.streams().get(name), after.streams().get(name)))
              .sorted()
              .toList();
      List<String> moved =
          admission instanceof Admission.Accepted accepted ? accepted.moved() : List.of();
      assertThat(changed).isEqualTo(moved).allMatch(name -> movable(scene, name));
    }
    assertThat(Rules.brokenBy(scene.network(), scene.streams(), schedule.plan())).isEmpty();
  }

  @Property(tries = 60)
  void aReplanLosesNobodyAndMovesOnlyWhatIsMovable(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 10, max = 40) int count) {
    Scene scene = Scene.random(seed, count);
    Schedule schedule = Schedule.of(scene.network(), OPTIONS);
    List<Stream> refused =
        scene.streams().stream()
            .filter(stream -> schedule.admit(stream) instanceof Admission.Refused)
            .toList();
    Plan before = schedule.plan();

    Replan replan = schedule.replan(refused, Duration.ofMillis(20));

    Plan after = schedule.plan();
    assertThat(after.streams().keySet()).containsAll(before.streams().keySet());
    assertThat(after.streams()).hasSize(count - replan.refusals().size());
    List<String> changed =
        before.streams().keySet().stream()
            .filter(name -> !Objects.equals(before.streams().get(name), after.streams().get(name)))
            .sorted()
            .toList();
    assertThat(changed).isEqualTo(replan.moved()).allMatch(name -> movable(scene, name));
    assertThat(Rules.brokenBy(scene.network(), scene.streams(), after)).isEmpty();
  }

  @Property(tries = 30)
  void theSameInputAndSeedGiveTheSamePlan(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 12) int count) {
    Scene scene = Scene.random(seed, count);
    Options patient = OPTIONS.withLimit(Duration.ofMinutes(1)).withSeed(seed);

    Outcome one = Planner.plan(scene.network(), scene.streams(), patient);
    Outcome other = Planner.plan(scene.network(), scene.streams(), patient);

    assertThat(one.plan().equals(other.plan())).isTrue();
    assertThat(one.refusals()).isEqualTo(other.refusals());
  }

  private static List<Flaw> flaws(Scene scene, Plan plan) {
    List<Stream> placed =
        scene.streams().stream()
            .filter(stream -> plan.streams().containsKey(stream.name()))
            .toList();
    return PlanCheck.check(scene.network(), placed, plan).flaws();
  }

  private static boolean movable(Scene scene, String name) {
    return scene.streams().stream().anyMatch(one -> one.name().equals(name) && one.movable());
  }
}
