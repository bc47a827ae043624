package dev.perch.bench;

import dev.perch.bench.agents.AgentBench;
import dev.perch.bench.certmon.CertmonBench;
import dev.perch.bench.cli.CliBench;
import dev.perch.bench.hosts.HostsBench;
import dev.perch.bench.measure.Report;
import dev.perch.bench.reconcile.ReconcileBench;
import dev.perch.bench.soak.SpineSoak;
import dev.perch.bench.soak.life.LifeSoak;
import dev.perch.bench.spine.SpineBench;
import dev.perch.bench.stack.Stack;
import dev.perch.bench.tsn.TsnBench;
import dev.perch.launcher.stack.Folders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code bench spine}, {@code bench hosts}, {@code bench agents}, {@code bench cli}, {@code soak
 * spine} and {@code soak life}, for a stack that runs; {@code bench reconcile} and {@code bench
 * tsn}, for none; {@code bench certmon}, for one or none, by its parts. Exit code 0: every goal was
 * reached, or nothing was lost; 1: not so; 2: it could not be tried, and why.
 */
public final class Main {
  private static final String USAGE =
      """
      usage: perch bench spine [--json] [--short]
             perch bench hosts [--json] [--short]
             perch bench cli [--json] [--short]
             perch bench agents [--agents N] [--beat-millis N] [--json] [--short]
             perch bench tsn [--only PART,...] [--json] [--short]
             perch bench reconcile [--json] [--short]
             perch bench certmon [--only PART,...] [--hosts N] [--json] [--short]
             perch soak spine [--kills N]
             perch soak life [--hosts N]
      options of all: --state-dir DIR (default .perch), --checkout DIR (default: where you are)
      """;

  private Main() {}

  public static void main(String[] args) throws Exception {
    Quiet.start();
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> args) throws Exception {
    Path checkout = Path.of(option(args, "--checkout").orElse(""));
    Path state = option(args, "--state-dir").map(Path::of).orElse(checkout.resolve(".perch"));
    Folders folders = new Folders(checkout, state);
    Stack stack = new Stack(folders);
    Report report = new Report(args.size() > 1 ? args.get(1) : "", args.contains("--json"));
    boolean quick = args.contains("--short");
    List<String> only =
        option(args, "--only").map(parts -> List.of(parts.split(","))).orElse(List.of());
    try {
      boolean good =
          switch (String.join(" ", args.subList(0, Math.min(2, args.size())))) {
            case "bench spine" -> new SpineBench(stack, report, quick).run();
            case "bench hosts" -> new HostsBench(stack, report, quick).run();
            case "bench agents" ->
                new AgentBench(
                        stack,
                        report,
                        number(args, "--agents", 10_000),
                        Duration.ofMillis(number(args, "--beat-millis", 1_000)),
                        quick)
                    .run();
            case "bench cli" -> new CliBench(folders, report, quick).run();
            case "bench tsn" -> new TsnBench(report, quick).run(only);
            case "bench certmon" ->
                new CertmonBench(stack, report, number(args, "--hosts", 40), quick).run(only);
            case "bench reconcile" -> new ReconcileBench(report, quick).run();
            case "soak spine" -> new SpineSoak(stack, number(args, "--kills", 100)).run();
            case "soak life" -> new LifeSoak(stack, number(args, "--hosts", 1_000)).run();
            default -> throw new IllegalArgumentException(USAGE);
          };
      return good ? 0 : 1;
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println(e.getMessage());
      return 2;
    }
  }

  private static int number(List<String> args, String name, int otherwise) {
    return option(args, name).map(Integer::parseInt).orElse(otherwise);
  }

  private static Optional<String> option(List<String> args, String name) {
    int index = args.indexOf(name);
    return index < 0 || index + 1 == args.size()
        ? Optional.empty()
        : Optional.of(args.get(index + 1));
  }
}
