package dev.perch.launcher.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.launcher.process.Part;
import dev.perch.launcher.process.Probe;
import dev.perch.launcher.process.StartFailed;
import dev.perch.launcher.process.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The agent of the machine that Perch runs on, so that a new user sees a real host: enrolled as any
 * other, with a one-time token, in the site {@code local}.
 */
final class OwnAgent {
  private static final String NAME = "agent";
  private static final String ENROLMENT = "enrolment";
  private static final String SITE = "local";
  private static final Service INVENTORY = Service.named("inventory");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int ATTEMPTS = 20;

  private final Settings settings;
  private final Credentials credentials;
  private final Path folder;
  private final Path file;
  private final Path membership;

  OwnAgent(Settings settings, Credentials credentials) {
    this.settings = settings;
    this.credentials = credentials;
    this.folder = settings.folders().data(NAME);
    this.file = folder.resolve("agent.json");
    this.membership = folder.resolve("state").resolve("membership.json");
  }

  /** It enrols with the services and the identity provider that are started beside it. */
  static boolean isPossible(Settings settings) {
    return settings.services().contains(INVENTORY)
        && settings.external().issuer().isEmpty()
        && Files.exists(settings.folders().checkout().resolve("agent/target/perch-agent.jar"));
  }

  /** Enrols the machine, once. */
  Task enrolment() {
    return new Task(ENROLMENT, Set.of(INVENTORY.name(), Keycloak.NAME), this::enrol);
  }

  Part part() {
    JavaProgram program = program("run");
    return new Part(
        NAME,
        Part.Kind.AGENT,
        Set.of(ENROLMENT),
        new Part.Start(
            program.command(List.of()),
            Map.of(),
            settings.folders().state(),
            settings.folders().log(NAME),
            program.stamp()),
        new Part.Serves("this machine", List.of(), new Probe.Exists(membership)),
        Part.Stop.TERMINATE,
        Optional.empty());
  }

  private JavaProgram program(String... command) {
    List<String> arguments = new ArrayList<>(List.of("--settings", file.toString()));
    arguments.addAll(List.of(command));
    return Programs.agent(settings.folders(), arguments);
  }

  /** Tries for a while: what has just started may be slow. */
  private String enrol() throws Exception {
    if (Files.exists(membership)) {
      return "already enrolled";
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return enrolOnce();
      } catch (IOException | StartFailed e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  private String enrolOnce() throws IOException, InterruptedException, StartFailed {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(folder.resolve("state"), ownerOnly);
    Files.createDirectories(folder.resolve("allow"), ownerOnly);
    Files.writeString(
        file,
        Json.MAPPER.writeValueAsString(
            Map.of(
                "stateFolder",
                folder.resolve("state").toString(),
                "allowFolder",
                folder.resolve("allow").toString())));
    Path token =
        Files.createTempFile(
            folder,
            "token",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    String name = hostName();
    try {
      Files.writeString(token, invitation(name));
      Shell.run(
          program("enrol", "--token-file", token.toString()).command(List.of()),
          settings.folders().state(),
          Map.of(),
          settings.folders().log("agent-enrolment"));
    } finally {
      Files.delete(token);
    }
    return name + " in site " + SITE;
  }

  /** As an operator asks for it over REST. */
  private String invitation(String name) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String bearer =
          new Tokens(Keycloak.issuer(settings.ports()), credentials, http).bearer(Role.OPERATOR);
      var api = new Api(http, bearer);
      JsonNode token =
          api.post(
              "/v1/enrolment-tokens",
              Map.of(
                  "siteId", site(api), "name", name, "personality", "ALL_IN_ONE", "replace", true));
      return token.path("token").asText();
    }
  }

  private String site(Api api) throws IOException, InterruptedException {
    for (JsonNode site : api.get("/v1/sites?name=" + SITE).path("items")) {
      if (site.path("name").asText().equals(SITE)) {
        return site.path("id").asText();
      }
    }
    return api.post("/v1/sites", Map.of("name", SITE)).path("id").asText();
  }

  /** What the machine calls itself, as far as a host may be called so. */
  private static String hostName() {
    String name;
    try {
      name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      name = "";
    }
    return name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?") && !name.equals("localhost")
        ? name
        : "this-machine";
  }

  /** Inventory's REST interface. */
  private final class Api {
    private final HttpClient http;
    private final String bearer;
    private final URI address =
        URI.create("http://127.0.0.1:" + settings.ports().http(INVENTORY, 0));

    Api(HttpClient http, String bearer) {
      this.http = http;
      this.bearer = bearer;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
      return send(HttpRequest.newBuilder(address.resolve(path)).GET(), 200);
    }

    JsonNode post(String path, Object body) throws IOException, InterruptedException {
      return send(
          HttpRequest.newBuilder(address.resolve(path))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body))),
          201);
    }

    private JsonNode send(HttpRequest.Builder request, int wanted)
        throws IOException, InterruptedException {
      HttpResponse<byte[]> answer =
          http.send(
              request.timeout(TIMEOUT).header("Authorization", "Bearer " + bearer).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != wanted) {
        throw new IOException("inventory answered HTTP " + answer.statusCode());
      }
      return Json.MAPPER.readTree(answer.body());
    }
  }
}
