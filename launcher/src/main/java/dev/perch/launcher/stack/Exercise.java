package dev.perch.launcher.stack;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.contract.link.EnrolmentToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Requests that take a service through what it does all day, so that its AOT cache knows that too:
 * which classes it needs, and, because the rounds go on for a while, which methods are worth
 * compiling and how they are used. They are data: {@code exercise-SERVICE.json}.
 */
final class Exercise {
  private static final int LANES = 8;
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

  /** Of so many rounds one goes on with an agent, which is longer than all of its requests. */
  private static final int ROUNDS_PER_AGENT = 8;

  /** Under this name a round keeps the token an agent enrols with. */
  private static final String ENROLMENT = "enrolment";

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Settings settings;
  private final Credentials credentials;

  Exercise(Settings settings, Credentials credentials) {
    this.settings = settings;
    this.credentials = credentials;
  }

  /**
   * One request. {@code ${name}} in path and body stands for what an earlier answer held, {@code
   * ${round}} for the number of the round.
   *
   * @param keep what to remember of the answer: a name and where it is (RFC 6901)
   */
  record Request(
      String method,
      String path,
      @Nullable JsonNode body,
      @Nullable Map<String, String> headers,
      @Nullable Map<String, String> keep) {}

  void run() throws IOException, InterruptedException {
    Path authorities = LinkAuthority.authorities(settings.folders());
    try (HttpClient http = HttpClient.newHttpClient();
        var agents = new LinkExercise(authorities);
        ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
      Tokens tokens = new Tokens(Keycloak.issuer(settings.ports()), credentials, http);
      for (Service service : settings.services()) {
        URI address = URI.create("http://127.0.0.1:" + settings.ports().http(service, 0));
        List<Request> requests = requests(service);
        String token = tokens.bearer(Role.ADMIN);
        long end = System.nanoTime() + LONG_ENOUGH.toNanos();
        AtomicInteger rounds = new AtomicInteger();
        Callable<Void> lane =
            () -> {
              while (!requests.isEmpty() && System.nanoTime() < end) {
                int round = rounds.incrementAndGet();
                Map<String, String> known = round(http, address, token, requests, round);
                if (round % ROUNDS_PER_AGENT == 1 && known.get(ENROLMENT) instanceof String agent) {
                  agents.run(EnrolmentToken.read(agent));
                }
              }
              return null;
            };
        for (Future<Void> done : lanes.invokeAll(Collections.nCopies(LANES, lane))) {
          done.get();
        }
      }
    } catch (ExecutionException e) {
      throw new IOException("The exercise ended early: " + e.getCause(), e);
    }
  }

  /** Returns what the answers held. */
  private static Map<String, String> round(
      HttpClient http, URI address, String token, List<Request> requests, int round)
      throws IOException, InterruptedException {
    Map<String, String> known = new HashMap<>(Map.of("round", Integer.toString(round)));
    for (Request request : requests) {
      send(http, address, token, request, known);
    }
    return known;
  }

  private static void send(
      HttpClient http, URI address, String token, Request request, Map<String, String> known)
      throws IOException, InterruptedException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(address.resolve(fill(request.path(), known)))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token);
    if (request.headers() != null) {
      request.headers().forEach((name, value) -> builder.header(name, fill(value, known)));
    }
    builder.method(
        request.method(),
        request.body() == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(fill(request.body().toString(), known)));
    HttpResponse<byte[]> response =
        http.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
    response.headers().firstValue("ETag").ifPresent(tag -> known.put("etag", tag));
    if (request.keep() != null && response.statusCode() / 100 == 2) {
      JsonNode answer = Json.MAPPER.readTree(response.body());
      request
          .keep()
          .forEach(
              (name, where) -> known.put(name, answer.at(JsonPointer.compile(where)).asText()));
    }
  }

  private static String fill(String template, Map<String, String> known) {
    String filled = template;
    for (Map.Entry<String, String> entry : known.entrySet()) {
      filled = filled.replace("${" + entry.getKey() + "}", entry.getValue());
    }
    return filled;
  }

  private static List<Request> requests(Service service) throws IOException {
    try (InputStream in =
        Exercise.class.getResourceAsStream("exercise-" + service.name() + ".json")) {
      return in == null
          ? List.of()
          : Json.MAPPER.readValue(in, new TypeReference<List<Request>>() {});
    }
  }
}
