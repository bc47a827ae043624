package dev.perch.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A replica that is told to end hands over what it has. */
class ShutdownTest {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Perch perch = Perch.running();
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void noRequestFailsAndNoEventIsMissedWhenAReplicaIsTerminatedUnderLoad() throws Exception {
    // Given two replicas at work behind a balancer, and watchers of both
    perch.awaitReady();
    var ending = perch.inventories().get(0);
    var staying = perch.inventories().get(1);
    URI readiness = Perch.readiness(ending);
    UUID site = perch.createSite(staying);
    String token = perch.token();
    String path = "/v1/hosts?watch=true&site=" + site;
    Queue<String> created = new ConcurrentLinkedQueue<>();
    ProcessHandle process = ProcessHandle.of(ending.pid()).orElseThrow();
    try (var watch = Watch.open(Perch.uri(ending, path), token, "")) {
      long start;
      try (Load load =
          Load.start(
              4, () -> create(isReady(readiness) ? ending : staying, site, token, created))) {
        Awaitility.await().until(() -> load.count() > 20 && !watch.received().isEmpty());

        // When one is told to end
        start = System.nanoTime();
        Perch.signal("TERM", ending.pid());

        // Then it is gone within ten seconds
        Awaitility.await().atMost(LONGEST).until(() -> !process.isAlive());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
        load.close();

        // And no request has failed
        assertThat(load.failures()).isEmpty();
        assertThat(load.statuses()).containsOnlyKeys(201);
      }

      // And the watcher that goes on at the other replica has missed nothing
      String cursor = watch.cursor();
      try (var next = Watch.open(Perch.uri(staying, path), token, cursor)) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> watch.events() + next.events() == created.size());
      }
    }
    perch.awaitReady();
  }

  /** As a balancer sees it. */
  private boolean isReady(URI readiness) throws InterruptedException {
    try {
      HttpRequest ask = HttpRequest.newBuilder(readiness).timeout(Duration.ofSeconds(2)).build();
      return http.send(ask, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private int create(Perch.Component replica, UUID site, String token, Queue<String> created)
      throws IOException, InterruptedException {
    String name = "h-" + UUID.randomUUID();
    byte[] body =
        Json.MAPPER.writeValueAsBytes(
            Map.of("siteId", site, "name", name, "personality", "WORKER"));
    HttpRequest request =
        HttpRequest.newBuilder(Perch.uri(replica, "/v1/hosts"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    int status = http.send(request, BodyHandlers.discarding()).statusCode();
    if (status == 201) {
      created.add(name);
    }
    return status;
  }
}
