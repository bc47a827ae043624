package dev.perch.cli.tsn;

import dev.perch.cli.ExitCode;
import dev.perch.tsn.plan.Options;
import dev.perch.tsn.plan.UnsoundPlanException;
import dev.perch.tsn.plan.format.BadInputException;
import dev.perch.tsn.plan.format.Scenario;
import dev.perch.tsn.plan.picture.Pictures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code perch tsn plan}. */
@Command(
    name = "plan",
    sortOptions = false,
    description = {
      "Plans streams in a network: routes, times, queues, gate lists. Both checkers look at every"
          + " plan before it is written.",
      ""
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all streams have a place",
      "1:failed; nothing was written",
      "2:wrong use, or bad input",
      "3:some streams were refused; each is explained"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  perch tsn plan --from tsnkit TASK.csv TOPO.csv --to tsnkit out/A",
      "  perch tsn plan --from tsnbench S.pat T.top --to json out/B --svg out/B",
      "  perch tsn plan --from json cell.json --to json out/cell --limit 30s",
      "  perch tsn plan --from json more.json --onto out/cell.json --to json out/cell",
      "  perch tsn plan --from tsnkit --to tsnkit --batch instances.tsv"
    })
final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--from",
      required = true,
      arity = "1..3",
      paramLabel = "FORMAT|FILE",
      description =
          "tsnkit TASK.csv TOPO.csv, tsnbench STREAMS.pat TOPOLOGY.top, or json FILE; with --batch"
              + " only the format.")
  private List<String> from = List.of();

  @Option(
      names = "--to",
      required = true,
      arity = "1..2",
      paramLabel = "FORMAT|PREFIX",
      description =
          "tsnkit PREFIX writes PREFIX-GCL.csv, -OFFSET, -ROUTE, -QUEUE and -DELAY; json PREFIX"
              + " writes PREFIX.json; with --batch only the format.")
  private List<String> to = List.of();

  @Option(
      names = "--limit",
      converter = Durations.class,
      defaultValue = "10s",
      description =
          "Time to plan an instance; what has a place by then is the answer. Default: 10s.")
  private Duration limit = Duration.ZERO;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Of random choices: the same input and seed give the same plan. Default: 0.")
  private long seed;

  @Option(
      names = "--batch",
      paramLabel = "LIST",
      description = {
        "A file with a line for each instance: its files and its prefix, with tabs between. Prints a"
            + " line each: prefix, placed/asked, milliseconds of planning, milliseconds of checking,"
            + " with tabs between; everything else goes to standard error."
      })
  private @Nullable Path batch;

  @Option(
      names = "--onto",
      paramLabel = "PLAN",
      description =
          "Our JSON, with a plan to go on from: what has a place in it stays where it is, what was"
              + " refused is tried again, and the streams of --from are added.")
  private @Nullable Path onto;

  @Option(
      names = "--move",
      description =
          "With --onto: if there is no room otherwise, movable streams are moved, and named.")
  private boolean move;

  @Option(
      names = "--svg",
      paramLabel = "DIR",
      description = "Also draws each port and each stream into this folder.")
  private @Nullable Path pictures;

  @Override
  public Integer call() throws IOException {
    InputFormat source = format(InputFormat.class, "--from", from);
    OutputFormat target = format(OutputFormat.class, "--to", to);
    // Nobody waits for a single admission here: explanations are whole, and the same every time.
    Options options = Options.DEFAULT.withLimit(limit).withAdmissionLimit(limit).withSeed(seed);
    Planning planning = new Planning(options, target);
    if (move && onto == null) {
      throw wrong("--move goes with --onto");
    }
    if (batch != null) {
      if (from.size() > 1 || to.size() > 1 || pictures != null || onto != null) {
        throw wrong(
            "with --batch, --from and --to name only formats, there is no --onto, and nothing is"
                + " drawn");
      }
      return new Batch(source, target, planning, out(), err()).run(batch);
    }
    if (from.size() != 1 + source.files() || to.size() != 2) {
      throw wrong(
          "--from " + source + " needs " + source.files() + " file(s), --to needs a prefix");
    }
    List<Path> files = from.stream().skip(1).map(Path::of).toList();
    Planning.Result result;
    try {
      Scenario asked = source.read(files);
      result = onto == null ? planning.plan(asked) : Extension.of(onto).plan(asked, options, move);
    } catch (BadInputException e) {
      err().println(e.getMessage());
      return ExitCode.BAD_INPUT;
    } catch (UnsoundPlanException e) {
      err().println("perch: nothing was written; " + e.getMessage());
      return ExitCode.FAILED;
    }
    try {
      return write(result, target, to.get(1));
    } catch (IOException e) {
      err().println("perch: " + Writing.failed(to.get(1), e));
      return ExitCode.FAILED;
    }
  }

  private int write(Planning.Result result, OutputFormat target, String prefix) throws IOException {
    target.write(result.document(), prefix);
    out()
        .printf(
            "%d of %d streams have a place; planned in %s ms, checked in %s ms%n",
            result.placed(),
            result.asked(),
            Durations.millis(result.took().planning()),
            Durations.millis(result.took().checking()));
    if (!result.moved().isEmpty()) {
      out().println("moved " + String.join(", ", result.moved()));
    }
    result.document().refusals().stream().map(Refusals::explain).forEach(out()::println);
    if (pictures != null) {
      var scenario = result.document().scenario();
      new Pictures(
              scenario.network(),
              scenario.streams(),
              Objects.requireNonNull(result.document().plan()))
          .write(pictures);
    }
    return result.complete() ? ExitCode.DONE : ExitCode.NOT_ALL;
  }

  private <E extends Enum<E>> E format(Class<E> type, String option, List<String> words) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(words.getFirst())) {
        return constant;
      }
    }
    throw wrong(
        option + " " + words.getFirst() + ": name one of " + List.of(type.getEnumConstants()));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
