package dev.perch.cli.tsn;

import dev.perch.cli.ExitCode;
import dev.perch.tsn.plan.check.Flaw;
import dev.perch.tsn.plan.check.PlanCheck;
import dev.perch.tsn.plan.format.BadInputException;
import dev.perch.tsn.plan.format.JsonReader;
import dev.perch.tsn.plan.format.PlanDocument;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.picture.Pictures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code perch tsn check}. */
@Command(
    name = "check",
    description = {
      "Runs both checkers on a plan: a sweep over what it says, and a simulation of its gate lists.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:the plan is good", "2:wrong use, or bad input", "3:the plan has flaws"},
    footerHeading = "%nExamples:%n",
    footer = {"  perch tsn check out/B.json", "  perch tsn check out/B.json --seed 7 --svg out/B"})
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "Our JSON, with a plan.")
  private Path file = Path.of("");

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the clocks that the simulation sets by chance. Default: 1.")
  private long seed;

  @Option(
      names = "--svg",
      paramLabel = "DIR",
      description = "Also draws each port and each stream into this folder.")
  private @Nullable Path pictures;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    PlanDocument document;
    try {
      document = new JsonReader().read(file);
    } catch (BadInputException e) {
      err.println(e.getMessage());
      return ExitCode.BAD_INPUT;
    }
    Plan plan = document.plan();
    if (plan == null) {
      err.println(file + ":1: /plan: found nothing; give a file with a plan");
      return ExitCode.BAD_INPUT;
    }
    return check(document, plan);
  }

  private int check(PlanDocument document, Plan plan) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Set<String> refused =
        document.refusals().stream().map(Refusal::stream).collect(Collectors.toSet());
    List<Stream> streams =
        document.scenario().streams().stream()
            .filter(stream -> !refused.contains(stream.name()))
            .toList();
    PlanCheck.Report report = PlanCheck.check(document.scenario().network(), streams, plan, seed);
    report.sweep().forEach(flaw -> out.println("sweep: " + describe(flaw)));
    report.simulation().forEach(flaw -> out.println("simulation: " + describe(flaw)));
    out.printf(
        "%d streams, %d flaws; checked in %s ms%n",
        streams.size(), report.flaws().size(), Durations.millis(report.took()));
    if (pictures != null) {
      new Pictures(document.scenario().network(), document.scenario().streams(), plan)
          .write(pictures);
    }
    return report.clean() ? ExitCode.DONE : ExitCode.NOT_ALL;
  }

  private static String describe(Flaw flaw) {
    return flaw.getClass().getSimpleName() + ": " + flaw.message();
  }
}
