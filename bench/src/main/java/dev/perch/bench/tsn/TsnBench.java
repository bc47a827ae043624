package dev.perch.bench.tsn;

import dev.perch.bench.measure.Machine;
import dev.perch.bench.measure.Report;
import dev.perch.tsn.plan.Options;
import dev.perch.tsn.plan.Replan;
import dev.perch.tsn.plan.Schedule;
import dev.perch.tsn.plan.check.PlanCheck;
import dev.perch.tsn.plan.model.Admission;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the planner of time-aware schedules reaches, beside what is physically possible. */
public final class TsnBench {
  private static final Options OPTIONS = Options.DEFAULT.unexplained();
  private static final int MEGABYTE = 1 << 20;

  private final Report report;
  private final boolean brief;

  /**
   * @param brief a tenth of each size, to see in a minute that it works
   */
  public TsnBench(Report report, boolean brief) {
    this.report = report;
    this.brief = brief;
  }

  /** Whether every goal was reached. */
  public boolean run() {
    Machine.describe().forEach(report::say);
    small();
    medium();
    overload();
    large("10,000", Scenarios.anywhere(16, sized(10_000)), 500);
    large("50,000", Scenarios.nearby(sized(50_000), 3), 5_000);
    oneMore();
    for (double movable : new double[] {0, 0.5, 1}) {
      online(movable, 3, 99.0);
    }
    online(1, 4, null);
    return report.finish();
  }

  private int sized(int count) {
    return brief ? count / 10 : count;
  }

  private void small() {
    List<Scenario> scenarios = Scenarios.small(brief ? 1 : 6);
    double[] millis = new double[scenarios.size()];
    int complete = 0;
    double fullest = 0;
    for (int i = 0; i < millis.length; i++) {
      Scenario one = scenarios.get(i);
      Timed<Schedule> planned = Timed.median(() -> placed(one, OPTIONS));
      millis[i] = planned.millis();
      complete += planned.result().size() == one.streams().size() ? 1 : 0;
      fullest = Math.max(fullest, fullest(planned.result(), one.network()));
    }
    limit("small: a hidden schedule exists for all", fullest);
    report.higher("small: complete", 100.0 * complete / millis.length, "%", 99.5);
    report.lower("small: plan p50", Timed.quantile(millis, 0.5), "ms", 1.0);
    report.lower("small: plan p95", Timed.quantile(millis, 0.95), "ms", 20.0);
    report.lower("small: plan max", Timed.quantile(millis, 1), "ms", null);
  }

  private void medium() {
    Timed<Schedule> odd = Timed.median(() -> placed(Scenarios.nonHarmonic(), OPTIONS));
    limit("300 non-harmonic", fullest(odd.result(), Scenarios.nonHarmonic().network()));
    report.higher("300 non-harmonic: placed", odd.result().size(), "streams", 300.0);
    report.lower("300 non-harmonic: plan", odd.millis(), "ms", 100.0);
    Scenario crowded = Scenarios.crowded();
    Timed<Schedule> full = Timed.median(() -> placed(crowded, OPTIONS));
    limit("1,000 crowded", fullest(full.result(), crowded.network()));
    report.higher("1,000 at 75 %: placed", full.result().size(), "streams", 990.0);
    report.lower("1,000 at 75 %: plan", full.millis(), "ms", 500.0);
    shorter("1,000 at 75 %", full.result(), crowded.network());
  }

  private void shorter(String name, Schedule schedule, Network network) {
    long entries = 0;
    for (Link link : network.links()) {
      entries += schedule.gates(link.name()).map(GateList::entries).map(List::size).orElse(0);
    }
    report.higher(
        name + ": per-frame windows / entries", 2.0 * schedule.frames() / entries, "times", 3.0);
  }

  private void overload() {
    Scenario scenario = Scenarios.overloaded();
    Options explained = Options.DEFAULT.withLimit(Duration.ofMillis(10));
    Timed<List<Refusal>> refused =
        Timed.median(
            () ->
                Schedule.of(scenario.network(), explained).admitAll(scenario.streams()).stream()
                    .filter(Admission.Refused.class::isInstance)
                    .map(one -> ((Admission.Refused) one).refusal())
                    .filter(one -> one.proof() == Refusal.Proof.NECESSARY_CONDITION)
                    .toList());
    report.say("  overload: " + refused.result().getFirst().reason());
    report.lower("overload: proved and explained", refused.millis(), "ms", 100.0);
  }

  private void large(String name, Scenario scenario, double goal) {
    Timed<Schedule> placed = Timed.median(() -> placed(scenario, OPTIONS));
    limit(name, fullest(placed.result(), scenario.network()));
    report.higher(
        name + ": placed", 100.0 * placed.result().size() / scenario.streams().size(), "%", 100.0);
    report.lower(name + ": plan", placed.millis(), "ms", goal);
    Timed<Plan> plan = Timed.median(() -> compiled(placed(scenario, OPTIONS)));
    report.lower(name + ": plan with all gate lists", plan.millis(), "ms", null);
    List<Stream> asked = scenario.streams();
    Timed<PlanCheck.Report> check =
        Timed.once(() -> PlanCheck.check(scenario.network(), asked, plan.result()));
    report.lower(name + ": both checks", check.millis(), "ms", 10_000.0);
    report.lower(name + ": flaws", check.result().flaws().size(), "flaws", 0.0);
    long before = used();
    Schedule kept = placed(scenario, OPTIONS);
    report.lower(name + ": heap of the schedule", (used() - before) / MEGABYTE, "MB", 100.0);
    shorter(name, kept, scenario.network());
  }

  private static Plan compiled(Schedule schedule) {
    return schedule.plan();
  }

  /** On the last of six schedules: the first ones warm up. */
  private void oneMore() {
    Scenario scenario = Scenarios.anywhere(16, sized(10_000));
    List<Stream> more = Streams.random(scenario.network(), 1_000, Scenarios.HARMONIC, 64, 99);
    double[] micros = new double[more.size()];
    int accepted = 0;
    for (int turn = 0; turn < 6; turn++) {
      Schedule schedule = placed(scenario, OPTIONS);
      accepted = 0;
      for (int i = 0; i < micros.length; i++) {
        Stream stream = more.get(i).but().name("more " + i).build();
        Timed<Admission> admission = Timed.once(() -> schedule.admit(stream));
        micros[i] = admission.millis() * 1_000;
        accepted += admission.result() instanceof Admission.Accepted ? 1 : 0;
      }
    }
    report.higher("one more at 10,000: accepted", 100.0 * accepted / micros.length, "%", null);
    report.lower("one more at 10,000: p50", Timed.quantile(micros, 0.5), "µs", 50.0);
    report.lower("one more at 10,000: p99", Timed.quantile(micros, 0.99), "µs", 1_000.0);
  }

  private void online(double movable, int reach, @Nullable Double goal) {
    Scenario scenario = Scenarios.nearby(sized(50_000), reach);
    Schedule schedule = Schedule.of(scenario.network(), OPTIONS);
    List<Stream> refused = new ArrayList<>();
    for (int i = 0; i < scenario.streams().size(); i++) {
      boolean moves = i % 100 < movable * 100;
      Stream stream = scenario.streams().get(i).but().movable(moves).build();
      if (schedule.admit(stream) instanceof Admission.Refused) {
        refused.add(stream);
      }
    }
    String name =
        String.format(Locale.ROOT, "online, reach %d, %.0f %% movable", reach, 100 * movable);
    int asked = scenario.streams().size();
    report.higher(name + ": on arrival", 100.0 * schedule.size() / asked, "%", null);
    Timed<Replan> replan =
        Timed.once(() -> schedule.replan(refused, Duration.ofSeconds(brief ? 5 : 60)));
    limit(name, fullest(schedule, scenario.network()));
    report.higher(name + ": after re-plan", 100.0 * schedule.size() / asked, "%", goal);
    report.lower(name + ": re-plan", replan.millis(), "ms", null);
    report.lower(name + ": moved", replan.result().moved().size(), "streams", null);
  }

  private static Schedule placed(Scenario scenario, Options options) {
    Schedule schedule = Schedule.of(scenario.network(), options);
    List<Admission> ignored = schedule.admitAll(scenario.streams());
    if (ignored.size() != scenario.streams().size()) {
      throw new IllegalStateException("an answer is missing");
    }
    return schedule;
  }

  /** No schedule loads a link more than all of it; how near did this one come? */
  private void limit(String name, double fullest) {
    report.say(
        String.format(
            Locale.ROOT,
            "  %s: the fullest link is %.0f %% reserved; 100 %% is the limit",
            name,
            100 * fullest));
  }

  private static double fullest(Schedule schedule, Network network) {
    return network.links().stream().mapToDouble(link -> schedule.load(link.name())).max().orElse(0);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
