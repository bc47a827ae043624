package dev.perch.tsn.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.perch.tsn.plan.check.Corruption;
import dev.perch.tsn.plan.model.InvalidModelException;
import dev.perch.tsn.plan.model.Outcome;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A schedule goes on from a plan of yesterday. */
class ResumeTest {
  private static final Options OPTIONS =
      Options.DEFAULT.unexplained().withLimit(Duration.ofMillis(20));

  @Property(tries = 40)
  void aPlanThatIsTakenUpAgainIsTheSame(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 40) int count) {
    Scene scene = Scene.random(seed, count);
    Outcome outcome = Planner.plan(scene.network(), scene.streams(), OPTIONS);

    Schedule resumed = resume(scene, outcome.plan());

    assertThat(resumed.plan()).isEqualTo(outcome.plan());
  }

  @Property(tries = 40)
  void whatComesLaterChangesNoOffsetOfThePlan(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 2, max = 40) int count) {
    Scene scene = Scene.random(seed, count);
    Schedule yesterday = Schedule.of(scene.network(), OPTIONS);
    scene.streams().subList(0, count / 2).forEach(yesterday::admit);
    Plan before = yesterday.plan();

    Schedule today = resume(scene, before);
    today.admitAll(scene.streams().subList(count / 2, count - 1));
    today.admit(scene.streams().getLast());

    Map<String, StreamPlan> kept = new LinkedHashMap<>(today.plan().streams());
    kept.keySet().retainAll(before.streams().keySet());
    assertThat(kept).isEqualTo(before.streams());
    assertThat(Rules.brokenBy(scene.network(), scene.streams(), today.plan())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aPlanWithAFlawIsNotTakenUp(Corruption corruption) {
    Corruption.Case damaged = corruption.damage(Corruption.Case.good());

    assertThatThrownBy(
            () -> Schedule.resume(damaged.network(), damaged.streams(), damaged.plan(), OPTIONS))
        .isInstanceOfSatisfying(
            InvalidModelException.class, refused -> assertThat(refused.violations()).isNotEmpty());
  }

  private static Schedule resume(Scene scene, Plan plan) {
    List<Stream> placed =
        scene.streams().stream()
            .filter(stream -> plan.streams().containsKey(stream.name()))
            .toList();
    return Schedule.resume(scene.network(), placed, plan, OPTIONS);
  }
}
