package dev.perch.agent;

import dev.perch.agent.link.Enrolment;
import dev.perch.agent.link.LinkState;
import dev.perch.agent.link.Membership;
import dev.perch.agent.link.Transport;
import dev.perch.agent.state.StateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Enrols the host with a token, which never is an argument: those can be seen by everybody. */
final class EnrolCommand {
  private final Settings settings;
  private final InputStream input;

  EnrolCommand(Settings settings, InputStream input) {
    this.settings = settings;
    this.input = input;
  }

  /**
   * @param arguments nothing, or {@code --token-file FILE}
   * @throws IllegalArgumentException if the arguments or the token are wrong
   * @throws IOException if the server does not take it
   */
  String run(List<String> arguments) throws IOException, InterruptedException {
    Enrolment enrolment =
        new Enrolment(
            new LinkState(StateFolder.at(settings.stateFolder())),
            new Transport(settings.proxy()),
            Version.read());
    Membership membership = enrolment.enrol(token(arguments));
    return "Enrolled as " + membership.hostName() + ", host " + membership.hostId();
  }

  private String token(List<String> arguments) throws IOException {
    if (arguments.isEmpty()) {
      return new String(input.readNBytes(16 * 1024), StandardCharsets.UTF_8);
    }
    if (arguments.size() == 2 && arguments.getFirst().equals("--token-file")) {
      return Files.readString(Path.of(arguments.get(1)));
    }
    throw new IllegalArgumentException("enrol takes --token-file FILE, or the token on its input");
  }
}
