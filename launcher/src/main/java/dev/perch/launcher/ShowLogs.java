package dev.perch.launcher;

import dev.perch.launcher.stack.Folders;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Shows the log of a part and, if it is a service, those of its other replicas. */
final class ShowLogs implements Command {
  @Override
  public Arguments.Syntax syntax() {
    return new Arguments.Syntax(Set.of(), Set.of("--follow"));
  }

  @Override
  public Exit run(Folders folders, Arguments arguments) throws IOException, InterruptedException {
    List<String> logs = logs(folders, arguments.word("part"));
    List<String> command = new ArrayList<>(List.of("tail", "-n", "+1"));
    if (arguments.has("--follow")) {
      // By name: a log that grew too long is replaced when its part starts again.
      command.add("-F");
    }
    command.addAll(logs);
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    return status == 0 ? Exit.DONE : Exit.FAILED;
  }

  private static List<String> logs(Folders folders, String part) throws IOException {
    if (part.equals("launcher")) {
      return List.of(folders.state().resolve("launcher.log").toString());
    }
    List<String> found = new ArrayList<>();
    List<String> known = new ArrayList<>();
    if (Files.isDirectory(folders.logs())) {
      try (DirectoryStream<Path> logs = Files.newDirectoryStream(folders.logs(), "*.log")) {
        for (Path log : logs) {
          String name = log.getFileName().toString().replaceFirst("\\.log$", "");
          known.add(name);
          if (name.matches(Pattern.quote(part) + "(-\\d+)?")) {
            found.add(log.toString());
          }
        }
      }
    }
    if (found.isEmpty()) {
      throw new UsageException("no log of " + part + "; there are " + known);
    }
    found.sort(null);
    return found;
  }
}
