package dev.perch.bench.certmon;

import dev.perch.bench.measure.Machine;
import dev.perch.bench.measure.Report;
import java.io.IOException;
import java.util.List;

/** The figures of certmon's libraries; needs no Perch that runs. */
public final class CertmonBench {
  private static final List<String> PARTS = List.of("secrets");

  private final Report report;
  private final boolean brief;

  /**
   * @param brief small numbers: to see that it works, not for figures
   */
  public CertmonBench(Report report, boolean brief) {
    this.report = report;
    this.brief = brief;
  }

  /**
   * Takes the figures of some parts; returns whether every goal was reached.
   *
   * @param only empty for all
   * @throws IllegalArgumentException if there is no such part
   */
  public boolean run(List<String> only) throws IOException, InterruptedException {
    if (!PARTS.containsAll(only)) {
      throw new IllegalArgumentException("parts of bench certmon: " + String.join(", ", PARTS));
    }
    Machine.describe().forEach(report::say);
    new SecretFigures(report, brief).take();
    return report.finish();
  }
}
