package dev.perch.bench;

import dev.perch.bench.measure.Report;
import dev.perch.bench.soak.SpineSoak;
import dev.perch.bench.spine.SpineBench;
import dev.perch.bench.stack.Stack;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code bench spine [--json] [--short]} or {@code soak spine [--kills N]}, in a checkout whose
 * stack runs. Exit code 0: every goal was reached, or nothing was lost; 1: not so; 2: it could not
 * be tried, and why.
 */
public final class Main {
  private static final String USAGE =
      """
      usage: perch bench spine [--json] [--short]
             perch soak spine [--kills N]
      """;

  private Main() {}

  public static void main(String[] args) throws Exception {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> args) throws Exception {
    Stack stack = new Stack(Path.of("").toAbsolutePath());
    try {
      boolean good =
          switch (String.join(" ", args.subList(0, Math.min(2, args.size())))) {
            case "bench spine" ->
                new SpineBench(
                        stack,
                        new Report("spine", args.contains("--json")),
                        args.contains("--short"))
                    .run();
            case "soak spine" -> new SpineSoak(stack, kills(args)).run();
            default -> throw new IllegalArgumentException(USAGE);
          };
      return good ? 0 : 1;
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println(e.getMessage());
      return 2;
    }
  }

  private static int kills(List<String> args) {
    int option = args.indexOf("--kills");
    return option < 0 ? 100 : Integer.parseInt(args.get(option + 1));
  }
}
