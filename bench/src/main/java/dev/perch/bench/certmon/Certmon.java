package dev.perch.bench.certmon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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

  private final Stack stack;
  private final Token token;
  private final URI url;
  private final Connection database;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  Certmon(Stack stack) throws SQLException {
    this.stack = stack;
    token = new Token(stack);
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
    JsonNode made = post("/v1/issuers", body, stack.token(Role.ADMIN));
    UUID id = UUID.fromString(made.path("id").asText());
    await(
        "select count(*) from issuer where document ->> 'state' = 'READY' and id = '" + id + "'",
        1);
    return id;
  }

  UUID ca() throws IOException, InterruptedException, SQLException, TimeoutException {
    return issuer(Map.of("name", name("bench"), "kind", "CA", "ca", Map.of("subject", "Bench CA")));
  }

  static String name(String prefix) {
    return prefix + "-" + Long.toString(System.nanoTime(), 36);
  }

  /** Asks for so many certificates, by several clients at once. */
  void create(UUID issuer, int count) throws InterruptedException {
    String prefix = name("c");
    List<Future<?>> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < CLIENTS; client++) {
        int first = client;
        clients.add(
            threads.submit(
                () -> {
                  for (int i = first; i < count; i += CLIENTS) {
                    create(issuer, prefix + "-" + i + ".edge.example");
                  }
                  return null;
                }));
      }
      for (Future<?> client : clients) {
        var unused = client.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void create(UUID issuer, String name) throws IOException, InterruptedException {
    JsonNode unused =
        post(
            "/v1/certificates",
            Map.of("name", name, "issuerId", issuer, "names", List.of("dns:" + name)),
            token.get());
  }

  private JsonNode post(String path, Map<String, ?> body, String bearer)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json(body)))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new IOException("HTTP " + answer.statusCode() + ": " + answer.body());
    }
    return Json.MAPPER.readTree(answer.body());
  }

  private static byte[] json(Map<String, ?> body) throws JsonProcessingException {
    return Json.MAPPER.writeValueAsBytes(body);
  }

  /** Until the query counts so many. */
  void await(String query, long count) throws SQLException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (count(query) < count) {
      if (System.nanoTime() - deadline > 0) {
        throw new TimeoutException("not " + count + " within " + LONG + ": " + query);
      }
      Thread.sleep(50);
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
