package dev.perch.launcher;

import dev.perch.contract.Json;
import dev.perch.launcher.process.StartFailed;
import dev.perch.launcher.stack.Folders;
import dev.perch.launcher.stack.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;

/** Asks a service to compare its state topics with its tables and publish what is missing. */
final class Republish implements Command {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** The body of the request. */
  record Order(boolean newEpoch) {}

  @Override
  public Arguments.Syntax syntax() {
    return new Arguments.Syntax(Set.of(), Set.of("--new-epoch"));
  }

  @Override
  public Exit run(Folders folders, Arguments arguments)
      throws IOException, InterruptedException, StartFailed {
    String name = arguments.word("service");
    RunningStack stack = RunningStack.in(folders);
    URI target = URI.create(stack.service(name).address() + "/v1/admin/republications");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(target)
              .timeout(TIMEOUT)
              .header("Authorization", "Bearer " + stack.token(Role.ADMIN, http))
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofByteArray(
                      Json.MAPPER.writeValueAsBytes(new Order(arguments.has("--new-epoch")))))
              .build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      System.out.println(answer.body());
      if (answer.statusCode() / 100 != 2) {
        System.err.println("perch: " + name + " answered HTTP " + answer.statusCode());
        return Exit.FAILED;
      }
      return Exit.DONE;
    }
  }
}
