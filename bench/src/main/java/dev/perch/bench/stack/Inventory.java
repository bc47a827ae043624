package dev.perch.bench.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.Host;
import dev.perch.contract.link.EnrolmentAnswer;
import dev.perch.contract.link.EnrolmentRequest;
import dev.perch.contract.link.EnrolmentToken;
import dev.perch.contract.link.LinkProtocol;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Inventory's REST interface, as any client sees it. */
public final class Inventory implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI url;
  private final Supplier<String> token;
  private final Supplier<Duration> patience;

  /**
   * @param token asked for each request
   */
  public Inventory(URI url, Supplier<String> token) {
    this(url, token, () -> PATIENCE);
  }

  /**
   * @param patience after which the client hangs up, asked for each request
   */
  public Inventory(URI url, Supplier<String> token, Supplier<Duration> patience) {
    this.url = url;
    this.token = token;
    this.patience = patience;
  }

  /** A host and the tag its next change has to name. */
  public record Tagged(Host host, String etag) {}

  /**
   * The answer was not the one that was asked for.
   *
   * <p>4xx: it was refused, and nothing happened. 5xx: nobody knows.
   */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1;
    private final int status;
    private final String problem;

    Refused(int status, String body) {
      super("HTTP " + status + ": " + body);
      this.status = status;
      this.problem = problem(body);
    }

    private static String problem(String body) {
      try {
        return Json.MAPPER.readTree(body).path("type").asText();
      } catch (IOException notJson) {
        return "";
      }
    }

    /** By the last segment of the problem's type. */
    public boolean isProblem(String slug) {
      return problem.equals("urn:perch:problem:" + slug);
    }

    public int status() {
      return status;
    }
  }

  public UUID createSite(String name) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(post("/v1/sites", Map.of("name", name)), 201);
    return UUID.fromString(Json.MAPPER.readTree(answer.body()).path("id").asText());
  }

  /** A site whose agents beat so often. */
  public UUID createSite(String name, Duration beat) throws IOException, InterruptedException {
    Map<String, Object> body = Map.of("name", name, "beatEveryMillis", beat.toMillis());
    HttpResponse<String> answer = send(post("/v1/sites", body), 201);
    return UUID.fromString(Json.MAPPER.readTree(answer.body()).path("id").asText());
  }

  /** Asks for an action on a host; the operation's id. */
  public UUID act(UUID host, String action) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(post("/v1/hosts/" + host + "/actions", Map.of("action", action)), 202);
    return UUID.fromString(Json.MAPPER.readTree(answer.body()).path("id").asText());
  }

  /** A token for a host of this name, which is registered if it is not there. */
  public EnrolmentToken invite(UUID site, String name) throws IOException, InterruptedException {
    Map<String, Object> body = Map.of("siteId", site, "name", name, "replace", true);
    HttpResponse<String> answer = send(post("/v1/enrolment-tokens", body), 201);
    return EnrolmentToken.read(Json.MAPPER.readTree(answer.body()).path("token").asText());
  }

  /** As an agent does, but for TLS. */
  public EnrolmentAnswer enrol(EnrolmentRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(post(LinkProtocol.ENROL_PATH, request), 201);
    return Json.MAPPER.readValue(answer.body(), EnrolmentAnswer.class);
  }

  /**
   * @param key makes a repetition harmless
   */
  public Tagged createHost(UUID site, String name, Map<String, String> labels, String key)
      throws IOException, InterruptedException {
    Map<String, Object> body =
        Map.of("siteId", site, "name", name, "personality", "WORKER", "labels", labels);
    return tagged(send(post("/v1/hosts", body).header("Idempotency-Key", key), 201));
  }

  public Tagged patchLabels(Tagged host, Map<String, String> labels)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request("/v1/hosts/" + host.host().id())
            .header("Content-Type", "application/merge-patch+json")
            .header("If-Match", host.etag())
            .method("PATCH", json(Map.of("labels", labels)));
    return tagged(send(request, 200));
  }

  public void delete(Tagged host) throws IOException, InterruptedException {
    send(request("/v1/hosts/" + host.host().id()).header("If-Match", host.etag()).DELETE(), 204);
  }

  /**
   * @throws Refused with 404 if it is gone
   */
  public Tagged read(UUID id) throws IOException, InterruptedException {
    return tagged(send(request("/v1/hosts/" + id).GET(), 200));
  }

  /** Every host of a site, page by page. */
  public void hosts(UUID site, Consumer<Host> each) throws IOException, InterruptedException {
    hosts(site, Integer.MAX_VALUE, each);
  }

  /** Page by page, in the order of their names, until there are enough. */
  public void hosts(UUID site, int atMost, Consumer<Host> each)
      throws IOException, InterruptedException {
    int left = atMost;
    String cursor = "";
    do {
      String page = "/v1/hosts?limit=1000&site=" + site + cursor;
      JsonNode list = get(page);
      for (JsonNode host : list.path("items")) {
        if (left-- > 0) {
          each.accept(Json.MAPPER.treeToValue(host, Host.class));
        }
      }
      String next = list.path("next").asText("");
      cursor = next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    } while (left > 0 && !cursor.isEmpty());
  }

  /** What is at this path, as it is sent. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return Json.MAPPER.readTree(send(request(path).GET(), 200).body());
  }

  /**
   * @param options the query
   * @return what became of the rows
   */
  public JsonNode importHosts(String csv, String options) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request("/v1/hosts/import?" + options)
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofString(csv));
    return Json.MAPPER.readTree(send(request, 200).body());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest.Builder post(String path, Object body) throws IOException {
    return request(path).header("Content-Type", "application/json").POST(json(body));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(url.resolve(path))
        .timeout(patience.get())
        .header("Authorization", "Bearer " + token.get());
  }

  private HttpResponse<String> send(HttpRequest.Builder request, int wanted)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != wanted) {
      throw new Refused(answer.statusCode(), answer.body());
    }
    return answer;
  }

  private static HttpRequest.BodyPublisher json(Object body) throws IOException {
    return BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body));
  }

  private static Tagged tagged(HttpResponse<String> answer) throws IOException {
    return new Tagged(
        Json.MAPPER.readValue(answer.body(), Host.class),
        answer.headers().firstValue("ETag").orElseThrow(() -> new IOException("no ETag")));
  }
}
