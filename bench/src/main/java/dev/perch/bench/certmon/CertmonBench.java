package dev.perch.bench.certmon;

import dev.perch.bench.measure.Machine;
import dev.perch.bench.measure.Report;
import dev.perch.bench.stack.Stack;
import java.io.IOException;
import java.util.List;

/**
 * The figures of certmon: of its libraries, which need no Perch that runs, and of the service,
 * which is asked as any client asks it.
 */
public final class CertmonBench {
  private static final List<String> PARTS = List.of("secrets", "published");

  private final Stack stack;
  private final Report report;
  private final boolean brief;

  /**
   * @param brief small numbers: to see that it works, not for figures
   */
  public CertmonBench(Stack stack, Report report, boolean brief) {
    this.stack = stack;
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
    if (only.isEmpty() || only.contains("secrets")) {
      new SecretFigures(report, brief).take();
    }
    if (only.isEmpty() || only.contains("published")) {
      new PublishedFigures(stack, report, brief).take();
    }
    return report.finish();
  }
}
