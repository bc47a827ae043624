package dev.perch.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.launcher.process.Part;
import dev.perch.launcher.process.Probe;
import dev.perch.launcher.process.StackState.PartState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something a service can do without for a while, as the service itself sees it: while it is away
 * the service stays ready.
 *
 * @param name broker, relay or identity provider
 * @param data what the service says of it: a cause, how much waits
 */
record Dependency(String name, boolean up, Map<String, String> data) {
  /** Two checks may each wait two seconds for an answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  Dependency {
    data = Map.copyOf(data);
  }

  /** Asks a service that is running; what is no service, or does not answer, has none. */
  static List<Dependency> of(PartState part) {
    if (part.kind() != Part.Kind.SERVICE
        || part.alive().isEmpty()
        || !(part.ready() instanceof Probe.Http(URI ready))) {
      return List.of();
    }
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      URI group = ready.resolve("group/dependencies");
      HttpRequest request = HttpRequest.newBuilder(group).timeout(PATIENCE).build();
      return read(Json.MAPPER.readTree(client.send(request, BodyHandlers.ofString()).body()));
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** MicroProfile Health's answer. */
  private static List<Dependency> read(JsonNode health) {
    List<Dependency> dependencies = new ArrayList<>();
    for (JsonNode check : health.path("checks")) {
      Map<String, String> data = new LinkedHashMap<>();
      check.path("data").properties().forEach(e -> data.put(e.getKey(), e.getValue().asText()));
      dependencies.add(
          new Dependency(
              check.path("name").asText(), check.path("status").asText().equals("UP"), data));
    }
    return dependencies;
  }

  /** {@code broker up}, or {@code relay DOWN (fault: …, rows: 12)}. */
  @Override
  public String toString() {
    return up ? name + " up" : name + " DOWN " + data;
  }
}
