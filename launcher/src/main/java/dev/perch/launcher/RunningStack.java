package dev.perch.launcher;

import dev.perch.launcher.process.Part;
import dev.perch.launcher.process.StackState;
import dev.perch.launcher.process.StackState.PartState;
import dev.perch.launcher.process.StartFailed;
import dev.perch.launcher.process.StateFile;
import dev.perch.launcher.stack.Credentials;
import dev.perch.launcher.stack.Folders;
import dev.perch.launcher.stack.Role;
import dev.perch.launcher.stack.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;

/** A Perch that runs in another process, as the commands beside {@code up} see it. */
record RunningStack(Folders folders, StackState state) {
  private static final String GIVEN_TOKEN = "PERCH_TOKEN";

  /**
   * @throws NothingRuns if nothing does
   */
  static RunningStack in(Folders folders) {
    return new StateFile(folders.state())
        .readRunning()
        .map(state -> new RunningStack(folders, state))
        .orElseThrow(() -> new NothingRuns(folders));
  }

  /** The first replica of a service. */
  PartState service(String name) {
    return state
        .part(name)
        .filter(part -> part.kind() == Part.Kind.SERVICE)
        .orElseThrow(
            () ->
                new UsageException(
                    "no service named "
                        + name
                        + " runs; there are "
                        + state.parts().stream()
                            .filter(part -> part.kind() == Part.Kind.SERVICE)
                            .map(PartState::name)
                            .toList()));
  }

  /**
   * A bearer token: the one in {@code PERCH_TOKEN}, or a new one of the launcher's own realm.
   *
   * @throws StartFailed if there is neither
   */
  String token(Role role, HttpClient http) throws IOException, InterruptedException, StartFailed {
    String given = System.getenv(GIVEN_TOKEN);
    if (given != null && !given.isBlank()) {
      return given;
    }
    PartState issuer =
        state.parts().stream()
            .filter(part -> part.kind() == Part.Kind.IDENTITY)
            .findFirst()
            .orElseThrow(
                () ->
                    new StartFailed(
                        "this Perch has an external issuer: get a token there, and put it into "
                            + GIVEN_TOKEN
                            + " for the commands that need one"));
    return new Tokens(URI.create(issuer.address()), Credentials.in(folders), http).bearer(role);
  }
}
