package dev.perch.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** {@code perch-agent}: see {@link #HELP}. */
public final class Main {
  private static final String HELP =
      """
      The host agent of Perch.

      Usage: perch-agent [--settings FILE] COMMAND
        run                        work until stopped; waits for the host to be enrolled
        enrol [--token-file FILE]  make this host known, with a token from a file or standard input
        facts [FACET...]           what would be sent about this machine, as JSON
        --version
        --help

      Settings are read from /etc/perch/agent.json unless another file is named.

      Exit status: 0 done; 1 failed, standard error says why; 2 wrong use.""";

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      String said = run(List.of(arguments));
      if (!said.isEmpty()) {
        System.out.println(said);
      }
    } catch (IllegalArgumentException e) {
      fail(2, e);
    } catch (IOException | UncheckedIOException e) {
      fail(1, e);
    }
  }

  private static String run(List<String> arguments) throws IOException, InterruptedException {
    if (arguments.size() >= 2 && arguments.getFirst().equals("--settings")) {
      return run(Path.of(arguments.get(1)), arguments.subList(2, arguments.size()));
    }
    return run(Settings.FILE, arguments);
  }

  private static String run(Path settingsFile, List<String> arguments)
      throws IOException, InterruptedException {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("a command is needed; see perch-agent --help");
    }
    List<String> rest = arguments.subList(1, arguments.size());
    return switch (arguments.getFirst()) {
      case "--help", "-h" -> HELP;
      case "--version" -> Version.read();
      case "facts" ->
          new FactsCommand(new HostMachine().collectors(Settings.read(settingsFile))).run(rest);
      case "enrol" -> new EnrolCommand(Settings.read(settingsFile), System.in).run(rest);
      case "run" -> {
        try (Agent agent = new Agent(Settings.read(settingsFile), new HostMachine())) {
          agent.start();
          agent.await();
        }
        yield "";
      }
      default ->
          throw new IllegalArgumentException(
              "unknown command " + arguments.getFirst() + "; see perch-agent --help");
    };
  }

  private static void fail(int status, Exception failure) {
    System.err.println("perch-agent: " + failure.getMessage());
    System.exit(status);
  }
}
