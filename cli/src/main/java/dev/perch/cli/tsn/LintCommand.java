package dev.perch.cli.tsn;

import dev.perch.cli.ExitCode;
import dev.perch.tsn.plan.lint.Finding;
import dev.perch.tsn.plan.lint.Lint;
import dev.perch.tsn.plan.lint.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code perch tsn lint}. */
@Command(
    name = "lint",
    description = {
      "Reads schedules that somebody wrote, and says what will not work, with clause and remedy:"
          + " scripts with tc commands, the output of tc -j qdisc show, IEEE gate lists in JSON.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:nothing to complain of; notes do not count",
      "2:wrong use, or nothing that could be read",
      "3:there are findings"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  perch tsn lint setup-tsn.sh --cycle 1ms",
      "  tc -j qdisc show dev eth0 | perch tsn lint - --rate 100"
    })
final class LintCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files; - is standard input.")
  private List<String> files = List.of();

  @Option(
      names = "--rate",
      defaultValue = "1000",
      paramLabel = "MBPS",
      description = "Rate of the links, Mbit/s. Default: 1000.")
  private long rate;

  @Option(
      names = "--frame",
      defaultValue = "1522",
      paramLabel = "BYTES",
      description = "Largest frame that has to fit into a window. Default: 1522.")
  private int frame;

  @Option(
      names = "--others",
      defaultValue = "1522",
      paramLabel = "BYTES",
      description = "Largest frame of other traffic: the guard band. Default: 1522.")
  private int others;

  @Option(
      names = "--cycle",
      converter = Durations.class,
      paramLabel = "TIME",
      description = "How often the application sends, for example 1ms.")
  private @Nullable Duration cycle;

  @Override
  public Integer call() {
    Instant now = Instant.now();
    Lint lint =
        new Lint(
            new Surroundings(
                rate,
                frame,
                others,
                cycle == null ? null : (Long) cycle.toNanos(),
                now.getEpochSecond() * 1_000_000_000L + now.getNano()));
    boolean unreadable = false;
    for (String file : files) {
      try {
        byte[] text =
            file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        lint.read(file, new String(text, StandardCharsets.UTF_8));
      } catch (IOException e) {
        spec.commandLine().getErr().println("perch: cannot read " + file + why(e));
        unreadable = true;
      }
    }
    if (unreadable) {
      return ExitCode.BAD_INPUT;
    }
    Lint.Report report = lint.judge();
    PrintWriter out = spec.commandLine().getOut();
    report.findings().stream().map(Finding::toString).forEach(out::println);
    if (report.schedules() == 0) {
      spec.commandLine().getErr().println("perch: no schedule was found in " + files);
      return ExitCode.BAD_INPUT;
    }
    out.printf("%d schedules, %d findings%n", report.schedules(), report.findings().size());
    return report.clean() ? ExitCode.DONE : ExitCode.NOT_ALL;
  }

  private static String why(IOException failure) {
    return failure instanceof NoSuchFileException
        ? ": there is no such file"
        : ": " + failure.getMessage();
  }
}
