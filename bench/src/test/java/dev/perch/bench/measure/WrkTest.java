package dev.perch.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.perch.bench.measure.Wrk.Load;
import dev.perch.bench.measure.Wrk.Outcome;
import dev.perch.contract.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of the JDK's, with the real wrk. */
class WrkTest {
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private volatile int answer = 201;
  @TempDir private Path folder;

  record Request(String method, String path, String token, String key, byte[] body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/", this::take);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    workers.close();
  }

  @Test
  void aCreateSendsTheBodyWithItsOwnNumberAndTime() throws Exception {
    Map<String, String> environment =
        Map.of(
            "PERCH_TOKEN", "secret",
            "PERCH_KEYED", "true",
            "PERCH_BODY", "{\"name\":\"h-NUMBER\",\"sent\":MICROS}");
    Instant before = Instant.now();

    Outcome outcome = new Wrk(folder).run(load("create.lua", environment));

    assertThat(outcome.requests()).isPositive().isLessThanOrEqualTo(requests.size());
    assertThat(outcome.perSecond()).isPositive();
    assertThat(outcome.p50Millis()).isPositive().isLessThanOrEqualTo(outcome.p99Millis());
    assertThat(requests).extracting(Request::token).containsOnly("Bearer secret");
    assertThat(requests).extracting(Request::key).doesNotHaveDuplicates();
    assertThat(requests).extracting(r -> json(r).get("name").asText()).doesNotHaveDuplicates();
    assertThat(requests)
        .extracting(r -> Instant.ofEpochMilli(json(r).get("sent").asLong() / 1000))
        .allSatisfy(sent -> assertThat(sent).isBetween(before.minusMillis(1), Instant.now()));
  }

  @Test
  void aRateIsKept() throws Exception {
    Map<String, String> environment =
        Map.of("PERCH_TOKEN", "secret", "PERCH_RATE", "100", "PERCH_BODY", "{}");

    Outcome outcome = new Wrk(folder).run(load("create.lua", environment));

    assertThat(outcome.perSecond()).isBetween(80.0, 110.0);
  }

  @Test
  void getsTakeThePathsOfTheFile() throws Exception {
    answer = 200;
    Path paths = Files.writeString(folder.resolve("paths"), "/a\n/b?limit=1\n");
    Map<String, String> environment =
        Map.of("PERCH_TOKEN", "secret", "PERCH_PATHS", paths.toString());

    Outcome outcome = new Wrk(folder).run(load("get.lua", environment));

    assertThat(outcome.requests()).isPositive();
    assertThat(requests).extracting(Request::path).contains("/a", "/b?limit=1");
    assertThat(requests).extracting(Request::method).containsOnly("GET");
  }

  @Test
  void aLoadThatIsRefusedGivesNoFigure() {
    answer = 401;
    Map<String, String> environment = Map.of("PERCH_TOKEN", "secret", "PERCH_BODY", "{}");

    assertThatThrownBy(() -> new Wrk(folder).run(load("create.lua", environment)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not answered with success")
        .hasMessageNotContaining("secret");
  }

  private Load load(String script, Map<String, String> environment) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/hosts");
    return new Load(script, 4, Duration.ofSeconds(1), url, environment);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      requests.add(
          new Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              String.valueOf(headers.getFirst("Authorization")),
              String.valueOf(headers.getFirst("Idempotency-Key")),
              exchange.getRequestBody().readAllBytes()));
      exchange.sendResponseHeaders(answer, -1);
    }
  }

  private static JsonNode json(Request request) {
    try {
      return Json.MAPPER.readTree(request.body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
