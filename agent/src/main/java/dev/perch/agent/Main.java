package dev.perch.agent;

import java.io.IOException;
import java.util.List;

/** {@code perch-agent}: see {@link #HELP}. */
public final class Main {
  private static final String HELP =
      """
      The host agent of Perch.

      Usage
        perch-agent facts [FACET...]  what it would send about this machine, as JSON
        perch-agent --help

      Settings are read from /etc/perch/agent.json.

      Exit status: 0 done; 1 failed, standard error says why; 2 wrong use.
      """;

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    try {
      System.out.println(run(List.of(arguments)));
    } catch (IllegalArgumentException e) {
      System.err.println("perch-agent: " + e.getMessage());
      System.exit(2);
    }
  }

  private static String run(List<String> arguments) throws IOException {
    String command = arguments.isEmpty() ? "--help" : arguments.getFirst();
    List<String> rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
    return switch (command) {
      case "facts" ->
          new FactsCommand(new HostMachine().collectors(Settings.read(Settings.FILE))).run(rest);
      case "--help", "-h" -> HELP;
      default -> throw new IllegalArgumentException("unknown command " + command);
    };
  }
}
