package dev.perch.bench.tsn;

import dev.perch.bench.measure.Report;
import dev.perch.tsn.plan.Options;
import dev.perch.tsn.plan.Schedule;
import dev.perch.tsn.plan.model.Admission;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.Took;
import java.util.List;

/** One more stream at a time, into a schedule of many. */
final class OneMore {
  private static final int STREAMS = 1_000;

  private final double[] placing = new double[STREAMS];
  private final double[] compiling = new double[STREAMS];
  private final double[] checking = new double[STREAMS];
  private int accepted;

  private final int warm;

  /**
   * @param warm schedules that are filled before the one that counts
   */
  OneMore(int warm) {
    this.warm = warm;
  }

  OneMore measure(Scenario scenario, Options options) {
    List<Stream> more = Streams.random(scenario.network(), STREAMS, Scenarios.HARMONIC, 64, 99);
    for (int turn = 0; turn <= warm; turn++) {
      Schedule schedule = Planned.once(scenario, options).schedule();
      accepted = 0;
      for (int i = 0; i < STREAMS; i++) {
        admit(schedule, more.get(i).but().name("more " + i).build(), i);
      }
    }
    return this;
  }

  private void admit(Schedule schedule, Stream stream, int number) {
    Took before = schedule.took();
    accepted += schedule.admit(stream) instanceof Admission.Accepted ? 1 : 0;
    Took took = schedule.took().minus(before);
    placing[number] = took.placing().toNanos() / 1e3;
    compiling[number] = took.compiling().toNanos() / 1e3;
    checking[number] = took.checking().toNanos() / 1e3;
  }

  void report(Report report) {
    report.higher("one more: accepted", 100.0 * accepted / STREAMS, "%", null);
    report.lower("one more: placing p50", Quantiles.at(placing, 0.5), "µs", 50.0);
    report.lower("one more: placing p99", Quantiles.at(placing, 0.99), "µs", 1_000.0);
    report.lower("one more: gate lists p50", Quantiles.at(compiling, 0.5), "µs", null);
    report.lower("one more: gate lists p99", Quantiles.at(compiling, 0.99), "µs", null);
    report.lower("one more: checking p50", Quantiles.at(checking, 0.5), "µs", null);
    report.lower("one more: checking p99", Quantiles.at(checking, 0.99), "µs", 2_000.0);
  }
}
