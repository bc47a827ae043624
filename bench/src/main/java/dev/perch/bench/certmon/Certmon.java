package dev.perch.bench.certmon;

import dev.perch.bench.stack.Stack;
import dev.perch.bench.stack.Token;
import dev.perch.contract.Json;
import dev.perch.launcher.process.Probe;
import dev.perch.launcher.process.StackState.PartState;
import dev.perch.launcher.stack.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/**
 * certmon of a stack that runs: its REST interface as any client sees it, its database as judge.
 */
final class Certmon implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofMinutes(20);
  private static final int CLIENTS = 16;

  /** As rarely as the figures allow. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Stack stack;
  private final Token operator;
  private final Token admin;
  private final URI url;
  private final Connection database;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  Certmon(Stack stack) throws SQLException {
    this.stack = stack;
    operator = new Token(stack);
    admin = new Token(stack, Role.ADMIN);
    url = stack.url("certmon");
    database = stack.database("certmon");
  }

  URI url() {
    return url;
  }

  /** The process that works. */
  long pid() {
    return stack.part("certmon").alive().orElseThrow().pid();
  }

  /** An issuer that is ready. */
  UUID issuer(Map<String, ?> body)
      throws IOException, InterruptedException, SQLException, TimeoutException {
    return ready("issuer", body);
  }

  UUID ca() throws IOException, InterruptedException, SQLException, TimeoutException {
    return issuer(Map.of("name", name("bench"), "kind", "CA", "ca", Map.of("subject", "Bench CA")));
  }

  /** A cluster that has answered. */
  UUID cluster(Map<String, ?> body)
      throws IOException, InterruptedException, SQLException, TimeoutException {
    return ready("cluster", body);
  }

  private UUID ready(String kind, Map<String, ?> body)
      throws IOException, InterruptedException, SQLException, TimeoutException {
    UUID id = post("/v1/" + kind + "s", body, admin);
    await(
        "select count(*) from %s where document ->> 'state' = 'READY' and id = '%s'"
            .formatted(kind, id),
        1);
    return id;
  }

  static String name(String prefix) {
    return prefix + "-" + Long.toString(System.nanoTime(), 36);
  }

  /** One of many requests that are sent at once; answers the id of what it was about. */
  interface Request {
    UUID send(int number) throws IOException, InterruptedException;
  }

  /** Sends so many requests, by several clients at once; answers in their order. */
  static List<UUID> atOnce(int count, Request request) throws InterruptedException {
    List<Future<UUID>> sent = new ArrayList<>();
    List<UUID> ids = new ArrayList<>();
    try (ExecutorService clients =
        Executors.newFixedThreadPool(CLIENTS, Thread.ofVirtual().factory())) {
      for (int i = 0; i < count; i++) {
        int number = i;
        sent.add(clients.submit(() -> request.send(number)));
      }
      for (Future<UUID> one : sent) {
        ids.add(one.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return ids;
  }

  /** Asks for so many certificates, by several clients at once. */
  void create(UUID issuer, int count) throws InterruptedException {
    String prefix = name("c");
    atOnce(count, number -> create(issuer, prefix + "-" + number + ".edge.example", List.of()));
  }

  UUID create(UUID issuer, String name, List<?> targets) throws IOException, InterruptedException {
    return post(
        "/v1/certificates",
        Map.of(
            "name", name, "issuerId", issuer, "names", List.of("dns:" + name), "targets", targets),
        operator);
  }

  UUID renew(UUID certificate) throws IOException, InterruptedException {
    return post("/v1/certificates/" + certificate + "/renew", Map.of(), operator);
  }

  /** A rule; the hosts it means get certificates by it. */
  UUID rule(Map<String, ?> body) throws IOException, InterruptedException {
    return post("/v1/rules", body, operator);
  }

  /** Changes a rule by JSON Merge Patch, whatever its version is. */
  UUID changeRule(UUID rule, Map<String, ?> patch) throws IOException, InterruptedException {
    String path = "/v1/rules/" + rule;
    String tag = send(request(path, operator).GET()).headers().firstValue("ETag").orElseThrow();
    return id(
        send(
            request(path, operator)
                .header("Content-Type", "application/merge-patch+json")
                .header("If-Match", tag)
                .method("PATCH", json(patch))));
  }

  private UUID post(String path, Map<String, ?> body, Token token)
      throws IOException, InterruptedException {
    return id(
        send(request(path, token).header("Content-Type", "application/json").POST(json(body))));
  }

  private HttpRequest.Builder request(String path, Token token) {
    return HttpRequest.newBuilder(url.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token.get());
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException("HTTP " + answer.statusCode() + ": " + answer.body());
    }
    return answer;
  }

  private static UUID id(HttpResponse<String> answer) throws IOException {
    return UUID.fromString(Json.MAPPER.readTree(answer.body()).path("id").asText());
  }

  private static HttpRequest.BodyPublisher json(Map<String, ?> body) throws IOException {
    return HttpRequest.BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body));
  }

  /** Until the query counts so many. */
  void await(String query, long count) throws SQLException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (count(query) < count) {
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException("not " + count + " within " + LONG + ": " + query);
      }
      Thread.sleep(LOOK);
    }
  }

  /** Until so many certificates of the issuer use their revision of this number, or a newer one. */
  void awaitIssued(UUID issuer, int revision, int count)
      throws SQLException, InterruptedException, TimeoutException {
    await(
        "select count(*) from revision where status = 'ACTIVE' and number >= %d and issuer_id = '%s'"
            .formatted(revision, issuer),
        count);
  }

  long count(String query) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  void update(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The sum of a meter's lines that have this text. */
  double meter(String name, String having) throws IOException, InterruptedException {
    PartState part = stack.part("certmon");
    if (!(part.ready() instanceof Probe.Http(URI ready))) {
      throw new IllegalStateException("certmon is not asked over HTTP whether it is ready");
    }
    HttpRequest request = HttpRequest.newBuilder(ready.resolve("/q/metrics")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(name) && line.contains(having))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Override
  public void close() throws SQLException {
    http.shutdownNow();
    database.close();
  }
}
