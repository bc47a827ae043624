package dev.perch.cli.tsn;

import dev.perch.cli.ExitCode;
import dev.perch.tsn.plan.check.Flaw;
import dev.perch.tsn.plan.check.PlanCheck;
import dev.perch.tsn.plan.check.SharedTimers;
import dev.perch.tsn.plan.format.BadInputException;
import dev.perch.tsn.plan.format.InputFault;
import dev.perch.tsn.plan.format.JsonReader;
import dev.perch.tsn.plan.format.PlanDocument;
import dev.perch.tsn.plan.format.Scenario;
import dev.perch.tsn.plan.format.TsnkitPlan;
import dev.perch.tsn.plan.format.TsnkitPlanReader;
import dev.perch.tsn.plan.format.TsnkitReader;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.picture.Pictures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    footer = {
      "  perch tsn check out/B.json",
      "  perch tsn check out/B.json --seed 7 --svg out/B",
      "  perch tsn check --from tsnkit TASK.csv TOPO.csv --plan out/A"
    })
final class CheckCommand implements Callable<Integer> {
  /** Preamble, delimiter, gap. */
  private static final int OVERHEAD = 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "Our JSON, with a plan.")
  private @Nullable Path file;

  @Option(
      names = "--from",
      arity = "3",
      paramLabel = "FORMAT|FILE",
      description = "tsnkit TASK.csv TOPO.csv: what another planner was asked for.")
  private List<String> from = List.of();

  @Option(
      names = "--plan",
      paramLabel = "PREFIX",
      description = "Its answer: PREFIX-GCL.csv, -OFFSET, -ROUTE, -QUEUE and -DELAY.")
  private @Nullable String prefix;

  @Option(
      names = "--wire-sizes",
      description =
          "With --from: sizes count preamble, delimiter and gap (20 bytes) already, as many"
              + " planners have it.")
  private boolean wireSizes;

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
    if ((file == null) == from.isEmpty() || from.isEmpty() != (prefix == null)) {
      throw wrong("name a FILE, or --from tsnkit TASK.csv TOPO.csv with --plan PREFIX");
    }
    if (wireSizes && from.isEmpty()) {
      throw wrong("--wire-sizes goes with --from");
    }
    try {
      return report(prefix == null ? ours(Objects.requireNonNull(file)) : theirs(prefix));
    } catch (BadInputException e) {
      err.println(e.getMessage());
      return ExitCode.BAD_INPUT;
    }
  }

  /**
   * What is to be checked.
   *
   * @param streams those that must have a place
   * @param promises flaws of what the plan says beside itself
   */
  private record Subject(Scenario scenario, List<Stream> streams, Plan plan, List<Flaw> promises) {}

  private static Subject ours(Path file) throws BadInputException {
    PlanDocument document = new JsonReader().read(file);
    Plan plan = document.plan();
    if (plan == null) {
      throw new BadInputException(
          List.of(
              new InputFault(file.toString(), 1, "/plan", "nothing", "give a file with a plan")));
    }
    Set<String> refused =
        document.refusals().stream().map(Refusal::stream).collect(Collectors.toSet());
    List<Stream> streams =
        document.scenario().streams().stream()
            .filter(stream -> !refused.contains(stream.name()))
            .toList();
    return new Subject(document.scenario(), streams, plan, List.of());
  }

  private Subject theirs(String prefix) throws BadInputException {
    if (!from.getFirst().equals("tsnkit")) {
      throw wrong("--from " + from.getFirst() + ": plans in CSV are tsnkit's");
    }
    Scenario asked = new TsnkitReader().read(Path.of(from.get(1)), Path.of(from.get(2)));
    Scenario counted = wireSizes ? withoutOverhead(asked) : asked;
    TsnkitPlan read = new TsnkitPlanReader(counted).read(prefix);
    return new Subject(
        read.scenario(), read.scenario().streams(), read.plan(), read.brokenPromises());
  }

  private static Scenario withoutOverhead(Scenario asked) {
    return new Scenario(
        asked.network(),
        asked.streams().stream()
            .map(
                stream ->
                    stream.but().frameBytes(Math.max(1, stream.frameBytes() - OVERHEAD)).build())
            .toList());
  }

  private int report(Subject subject) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Network network = subject.scenario.network();
    PlanCheck.Report report = PlanCheck.check(network, subject.streams, subject.plan, seed);
    report.sweep().forEach(flaw -> out.println("sweep: " + describe(flaw)));
    report.simulation().forEach(flaw -> out.println("simulation: " + describe(flaw)));
    List<Flaw> shared = SharedTimers.check(network, subject.plan);
    shared.forEach(flaw -> out.println("device: " + describe(flaw)));
    subject.promises.forEach(flaw -> out.println("plan: " + describe(flaw)));
    int flaws = report.flaws().size() + shared.size() + subject.promises.size();
    out.printf(
        "%d streams, %d flaws; checked in %s ms%n",
        subject.streams.size(), flaws, Durations.millis(report.took()));
    if (pictures != null) {
      new Pictures(network, subject.scenario.streams(), subject.plan).write(pictures);
    }
    return flaws == 0 ? ExitCode.DONE : ExitCode.NOT_ALL;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static String describe(Flaw flaw) {
    return flaw.getClass().getSimpleName() + ": " + flaw.message();
  }
}
