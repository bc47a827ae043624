package dev.perch.bench.tsn;

import dev.perch.tsn.plan.Options;
import dev.perch.tsn.plan.Schedule;
import dev.perch.tsn.plan.model.Admission;
import dev.perch.tsn.plan.model.Took;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * All streams of a scenario, admitted to an empty schedule at once.
 *
 * @param schedule of the last run
 * @param took medians of each part of the work, over all runs
 */
record Planned(Schedule schedule, List<Admission> admissions, Took took) {

  /** So many runs after one that is not counted. */
  static Planned median(Scenario scenario, Options options, int count) {
    List<Took> runs = new ArrayList<>();
    Planned last = once(scenario, options);
    for (int run = 0; run < count; run++) {
      last = once(scenario, options);
      runs.add(last.took);
    }
    Took took =
        new Took(
            median(runs, Took::placing),
            median(runs, Took::compiling),
            median(runs, Took::checking));
    return new Planned(last.schedule, last.admissions, took);
  }

  static Planned once(Scenario scenario, Options options) {
    Schedule schedule = Schedule.of(scenario.network(), options);
    List<Admission> admissions = schedule.admitAll(scenario.streams());
    return new Planned(schedule, admissions, schedule.took());
  }

  private static Duration median(List<Took> runs, Function<Took, Duration> part) {
    return runs.stream().map(part).sorted().toList().get(runs.size() / 2);
  }

  int asked() {
    return admissions.size();
  }

  boolean complete() {
    return schedule.size() == asked();
  }

  double placing() {
    return millis(took.placing());
  }

  double compiling() {
    return millis(took.compiling());
  }

  /** What leads to a plan with its gate lists. */
  double planning() {
    return millis(took.planning());
  }

  double checking() {
    return millis(took.checking());
  }

  static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
