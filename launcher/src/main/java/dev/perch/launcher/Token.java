package dev.perch.launcher;

import dev.perch.launcher.process.StartFailed;
import dev.perch.launcher.stack.Folders;
import dev.perch.launcher.stack.Role;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Set;

/** Prints a bearer token for curl. */
final class Token implements Command {
  @Override
  public Arguments.Syntax syntax() {
    return new Arguments.Syntax(Set.of("--role"), Set.of());
  }

  @Override
  public Exit run(Folders folders, Arguments arguments)
      throws IOException, InterruptedException, StartFailed {
    String wanted = arguments.value("--role").orElse(Role.VIEWER.claim());
    Role role =
        Role.of(wanted)
            .orElseThrow(
                () -> new UsageException("a role is viewer, operator or admin, not " + wanted));
    try (HttpClient http = HttpClient.newHttpClient()) {
      System.out.println(RunningStack.in(folders).token(role, http));
    }
    return Exit.DONE;
  }
}
