package dev.perch.launcher;

import dev.perch.launcher.process.StartFailed;
import dev.perch.launcher.stack.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The launcher's commands. {@code ./perch} starts it; the common options are {@code --checkout DIR}
 * and {@code --state-dir DIR}.
 */
public final class Main {
  private static final Map<String, Command> COMMANDS =
      new TreeMap<>(
          Map.of(
              "up", new Up(),
              "down", new Down(),
              "status", new Status(),
              "token", new Token(),
              "logs", new ShowLogs(),
              "republish", new Republish()));
  private static final Set<String> COMMON = Set.of("--checkout", "--state-dir");

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(List.of(args)).status());
  }

  static Exit run(List<String> line) {
    try {
      return dispatch(line);
    } catch (UsageException | IllegalArgumentException e) {
      return complain(Exit.USAGE, e.getMessage() + "\nSee: ./perch --help");
    } catch (NothingRuns e) {
      return complain(Exit.WRONG_MOMENT, e.getMessage());
    } catch (StartFailed e) {
      return complain(Exit.FAILED, e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      return complain(Exit.FAILED, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return complain(Exit.FAILED, "interrupted");
    }
  }

  private static Exit dispatch(List<String> line)
      throws IOException, InterruptedException, StartFailed {
    Command command = line.isEmpty() ? null : COMMANDS.get(line.getFirst());
    if (command == null) {
      throw new UsageException(
          "unknown command"
              + (line.isEmpty() ? "" : " " + line.getFirst())
              + "; there are "
              + String.join(", ", COMMANDS.keySet()));
    }
    Set<String> valued = new HashSet<>(command.syntax().valued());
    valued.addAll(COMMON);
    Arguments arguments =
        Arguments.parse(
            new ArrayList<>(line.subList(1, line.size())),
            new Arguments.Syntax(valued, command.syntax().switches()));
    Path checkout = Path.of(arguments.value("--checkout").orElse("."));
    Path state = arguments.value("--state-dir").map(Path::of).orElse(checkout.resolve(".perch"));
    return command.run(new Folders(checkout, state), arguments);
  }

  private static Exit complain(Exit exit, @Nullable String message) {
    System.err.println("perch: " + message);
    return exit;
  }
}
