package dev.perch.bench.certmon;

import dev.perch.bench.measure.Machine;
import dev.perch.bench.measure.Report;
import dev.perch.bench.stack.Stack;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * The figures of certmon: {@code secrets} of its libraries, which need no Perch that runs; the
 * others of the service of one that does.
 */
public final class CertmonBench {
  private static final List<String> PARTS =
      List.of("issue", "reissue", "idle", "acme", "published", "hosts", "secrets");

  private final Stack stack;
  private final Report report;
  private final int hosts;
  private final boolean brief;

  /**
   * @param hosts of the part of this name
   * @param brief small numbers: to see that it works, not for figures
   */
  public CertmonBench(Stack stack, Report report, int hosts, boolean brief) {
    this.stack = stack;
    this.report = report;
    this.hosts = hosts;
    this.brief = brief;
  }

  /**
   * Takes the figures of some parts; returns whether every goal was reached.
   *
   * @param only empty for all
   * @throws IllegalArgumentException if there is no such part
   */
  public boolean run(List<String> only)
      throws IOException, InterruptedException, SQLException, TimeoutException {
    if (!PARTS.containsAll(only)) {
      throw new IllegalArgumentException("parts of bench certmon: " + String.join(", ", PARTS));
    }
    Machine.describe().forEach(report::say);
    for (String part : only.isEmpty() ? PARTS : only) {
      take(part);
    }
    return report.finish();
  }

  private void take(String part)
      throws IOException, InterruptedException, SQLException, TimeoutException {
    switch (part) {
      case "issue" -> new IssueFigures(stack, report, brief).issued();
      case "reissue" -> new IssueFigures(stack, report, brief).reissued();
      case "idle" -> new IdleFigures(stack, report, brief).take();
      case "acme" -> new AcmeFigures(stack, report, brief).take();
      case "published" -> new PublishedFigures(stack, report, brief).take();
      case "hosts" -> new HostFigures(stack, report, hosts, brief).take();
      default -> new SecretFigures(report, brief).take();
    }
  }
}
