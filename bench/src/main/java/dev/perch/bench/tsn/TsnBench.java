package dev.perch.bench.tsn;

import dev.perch.bench.measure.Machine;
import dev.perch.bench.measure.Report;
import dev.perch.tsn.plan.Options;
import dev.perch.tsn.plan.Replan;
import dev.perch.tsn.plan.Schedule;
import dev.perch.tsn.plan.model.Admission;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the planner of time-aware schedules reaches, beside what is physically possible. A schedule
 * publishes nothing that was not checked, so everything that is measured here was.
 */
public final class TsnBench {
  private static final Options OPTIONS = Options.DEFAULT.unexplained();
  private static final int MEGABYTE = 1 << 20;
  private static final int BRIEF = 2_000;

  private final Report report;
  private final boolean brief;
  private final int runs;
  private final Map<String, Runnable> parts = new LinkedHashMap<>();

  /**
   * @param brief 2,000 streams at most and each thing twice, to see in a minute that it works
   */
  public TsnBench(Report report, boolean brief) {
    this.report = report;
    this.brief = brief;
    runs = brief ? 1 : 5;
    parts.put("small", this::small);
    parts.put("medium", this::medium);
    parts.put("overload", this::overload);
    parts.put("10000", () -> large(10_000, Scenarios.anywhere(16, sized(10_000)), 500));
    parts.put("50000", () -> large(50_000, Scenarios.nearby(sized(50_000), 3), 5_000));
    parts.put("one-more", this::oneMore);
    parts.put("online-0", () -> online(0, 3, 99.0));
    parts.put("online-50", () -> online(0.5, 3, 99.0));
    parts.put("online-100", () -> online(1, 3, 99.0));
    parts.put("online-far", () -> online(1, 4, null));
  }

  /**
   * Whether every goal was reached.
   *
   * @param only names of the parts to measure; all if it is empty
   * @throws IllegalArgumentException if there is no such part
   */
  public boolean run(List<String> only) {
    for (String name : only) {
      if (!parts.containsKey(name)) {
        throw new IllegalArgumentException(
            "bench tsn has no part " + name + "; it has " + String.join(", ", parts.keySet()));
      }
    }
    Machine.describe().forEach(report::say);
    parts.forEach(
        (name, part) -> {
          if (only.isEmpty() || only.contains(name)) {
            part.run();
          }
        });
    Machine.describe().filter(line -> line.startsWith("load")).forEach(report::say);
    return report.finish();
  }

  private void oneMore() {
    report.say("  one more: " + name(10_000) + " streams are there");
    new OneMore(runs).measure(Scenarios.anywhere(16, sized(10_000)), OPTIONS).report(report);
  }

  private String name(int count) {
    return String.format(Locale.ROOT, "%,d", sized(count));
  }

  private int sized(int count) {
    return brief ? Math.min(count, BRIEF) : count;
  }

  private void small() {
    List<Scenario> scenarios = Scenarios.small(brief ? 1 : 6);
    double[] planning = new double[scenarios.size()];
    double[] checking = new double[scenarios.size()];
    int complete = 0;
    double fullest = 0;
    for (int i = 0; i < planning.length; i++) {
      Planned planned = Planned.median(scenarios.get(i), OPTIONS, runs);
      planning[i] = planned.planning();
      checking[i] = planned.checking();
      complete += planned.complete() ? 1 : 0;
      fullest = Math.max(fullest, fullest(planned.schedule(), scenarios.get(i).network()));
    }
    limit("small: a hidden schedule exists for all", fullest);
    report.higher("small: complete", 100.0 * complete / planning.length, "%", 99.5);
    report.lower("small: plan p50", Quantiles.at(planning, 0.5), "ms", 1.0);
    report.lower("small: plan p95", Quantiles.at(planning, 0.95), "ms", 20.0);
    report.lower("small: plan max", Quantiles.at(planning, 1), "ms", null);
    report.lower("small: check p50", Quantiles.at(checking, 0.5), "ms", null);
    report.lower("small: check p95", Quantiles.at(checking, 0.95), "ms", null);
  }

  private void medium() {
    Scenario odd = Scenarios.nonHarmonic();
    Planned few = Planned.median(odd, OPTIONS, runs);
    limit("300 non-harmonic", fullest(few.schedule(), odd.network()));
    report.higher("300 non-harmonic: placed", few.schedule().size(), "streams", 300.0);
    report.lower("300 non-harmonic: plan", few.planning(), "ms", 100.0);
    report.lower("300 non-harmonic: check", few.checking(), "ms", null);
    Scenario crowded = Scenarios.crowded();
    Planned full = Planned.median(crowded, OPTIONS, runs);
    limit("1,000 at 75 %", fullest(full.schedule(), crowded.network()));
    report.higher("1,000 at 75 %: placed", full.schedule().size(), "streams", 990.0);
    report.lower("1,000 at 75 %: plan", full.planning(), "ms", 500.0);
    report.lower("1,000 at 75 %: check", full.checking(), "ms", null);
    shorter("1,000 at 75 %", full.schedule(), crowded.network());
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
    Planned planned =
        Planned.median(scenario, Options.DEFAULT.withLimit(Duration.ofMillis(10)), runs);
    Refusal proved =
        planned.admissions().stream()
            .filter(Admission.Refused.class::isInstance)
            .map(one -> ((Admission.Refused) one).refusal())
            .filter(one -> one.proof() == Refusal.Proof.NECESSARY_CONDITION)
            .findFirst()
            .orElseThrow();
    report.say("  overload: " + proved.reason() + "; 100 % is the limit");
    report.lower("overload: proved and explained", planned.placing(), "ms", 100.0);
    report.lower("overload: gate lists of the others", planned.compiling(), "ms", null);
    report.lower("overload: check of the others", planned.checking(), "ms", null);
  }

  private void large(int count, Scenario scenario, double goal) {
    String name = name(count);
    Planned planned = Planned.median(scenario, OPTIONS, runs);
    limit(name, fullest(planned.schedule(), scenario.network()));
    report.higher(
        name + ": placed", 100.0 * planned.schedule().size() / planned.asked(), "%", 100.0);
    report.lower(name + ": placing", planned.placing(), "ms", goal);
    report.lower(name + ": gate lists", planned.compiling(), "ms", null);
    report.lower(name + ": both checks", planned.checking(), "ms", 10_000.0);
    shorter(name, planned.schedule(), scenario.network());
    long before = used();
    Schedule kept = Planned.once(scenario, OPTIONS).schedule();
    report.lower(name + ": heap of the schedule", (used() - before) / MEGABYTE, "MB", 100.0);
    report.say("  " + name + ": " + kept.frames() + " windows in all gate cycles together");
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
    double each = Planned.millis(schedule.took().placing()) * 1_000 / asked;
    double check = Planned.millis(schedule.took().checking()) * 1_000 / asked;
    report.higher(name + ": on arrival", 100.0 * schedule.size() / asked, "%", null);
    report.lower(name + ": placing, mean", each, "µs", null);
    report.lower(name + ": checking, mean", check, "µs", null);
    var before = schedule.took();
    Replan replan = schedule.replan(refused, Duration.ofSeconds(brief ? 5 : 60));
    var took = schedule.took().minus(before);
    limit(name, fullest(schedule, scenario.network()));
    report.higher(name + ": after re-plan", 100.0 * schedule.size() / asked, "%", goal);
    report.lower(name + ": re-plan", Planned.millis(took.planning()), "ms", null);
    report.lower(name + ": its check", Planned.millis(took.checking()), "ms", null);
    report.lower(name + ": moved", replan.moved().size(), "streams", null);
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
