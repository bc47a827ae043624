package dev.perch.bench.tsn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.bench.measure.Report;
import dev.perch.tsn.plan.Options;
import dev.perch.tsn.plan.Planner;
import dev.perch.tsn.plan.Schedule;
import dev.perch.tsn.plan.check.PlanCheck;
import dev.perch.tsn.plan.model.Admission;
import dev.perch.tsn.plan.model.Outcome;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Stream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code bench tsn} measures, at a size for every build: how many streams, not how fast. */
class ScenariosTest {
  private static final Options OPTIONS =
      Options.DEFAULT.unexplained().withLimit(Duration.ofMinutes(1));

  /** Each answer in it has passed the checks: otherwise it would not get to its end. */
  @Test
  @Timeout(60)
  void theBenchmarkItselfRunsToItsEnd() {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      new TsnBench(new Report("tsn", false), true).run(List.of());
    } finally {
      System.setOut(out);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("2,000: placed", "one more: checking p99", "online, reach 4");
  }

  @Test
  void allOfTwoThousandStreamsHaveAPlaceAndTheirPlanHasNoFlaw() {
    Scenario scenario = Scenarios.anywhere(16, 2_000);

    Outcome outcome = Planner.plan(scenario.network(), scenario.streams(), OPTIONS);

    assertThat(outcome.refusals()).isEmpty();
    assertThat(PlanCheck.check(scenario.network(), scenario.streams(), outcome.plan()).flaws())
        .isEmpty();
  }

  @Test
  void aThousandStreamsFillThreeQuartersOfTheirHostsLinks() {
    Scenario scenario = Scenarios.crowded();

    Outcome outcome = Planner.plan(scenario.network(), scenario.streams(), OPTIONS);

    assertThat(outcome.plan().streams()).hasSizeGreaterThanOrEqualTo(990);
  }

  @Test
  void intervalsThatDoNotDivideEachOtherFindTheirPlaces() {
    Scenario scenario = Scenarios.nonHarmonic();

    Outcome outcome = Planner.plan(scenario.network(), scenario.streams(), OPTIONS);

    assertThat(outcome.refusals()).isEmpty();
    assertThat(PlanCheck.check(scenario.network(), scenario.streams(), outcome.plan()).flaws())
        .isEmpty();
  }

  @Test
  void smallFeasibleSetsAreSolvedWhole() {
    List<Scenario> scenarios = Scenarios.small(1);

    List<String> unsolved =
        scenarios.stream()
            .filter(one -> !Planner.plan(one.network(), one.streams(), OPTIONS).isComplete())
            .map(Scenario::name)
            .toList();

    assertThat(unsolved).isEmpty();
  }

  @Test
  void streamsThatArriveOneByOneAreAccepted() {
    Scenario scenario = Scenarios.nearby(2_000, 3);
    Schedule schedule = Schedule.of(scenario.network(), OPTIONS);
    List<Stream> refused = new ArrayList<>();

    for (Stream stream : scenario.streams()) {
      if (schedule.admit(stream) instanceof Admission.Refused) {
        refused.add(stream);
      }
    }

    assertThat(refused).isEmpty();
  }

  @Test
  void anOverloadIsProvedAndNamed() {
    Scenario scenario = Scenarios.overloaded();
    Options brief = Options.DEFAULT.withLimit(Duration.ofSeconds(1));

    List<Refusal> refusals = Planner.plan(scenario.network(), scenario.streams(), brief).refusals();

    assertThat(refusals)
        .anyMatch(
            one -> one.proof() == Refusal.Proof.NECESSARY_CONDITION && !one.blocking().isEmpty());
  }
}
