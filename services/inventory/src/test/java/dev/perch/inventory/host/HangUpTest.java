package dev.perch.inventory.host;

import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createSite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import dev.perch.contract.Catalogue;
import dev.perch.contract.EventHeaders;
import dev.perch.contract.Json;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A client that hangs up must not tear a transaction apart. */
@QuarkusTest
@WithTestResource(Platform.class)
class HangUpTest {
  @TestHTTPResource("/v1/hosts")
  URI hosts;

  @Test
  void whateverAClientLeavesBehindIsWholeOrNotThere() throws Exception {
    UUID site = createSite();
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      registerAndHangUp(site, "gone-" + i, random.nextInt(6_000_000));
    }

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              List<String> shown = shown(site);
              assertThat(shown).isNotEmpty();
              assertThat(published(site)).containsExactlyInAnyOrderElementsOf(shown);
            });
    for (String host : shown(site)) {
      asViewer().get("/v1/hosts/" + host + "/timeline").then().body("items", hasSize(1));
    }
  }

  private void registerAndHangUp(UUID site, String name, long nanos) throws IOException {
    byte[] body =
        Json.MAPPER.writeValueAsBytes(
            Map.of("siteId", site, "name", name, "personality", "WORKER"));
    String head =
        """
        POST /v1/hosts HTTP/1.1
        Host: localhost
        Content-Type: application/json
        Authorization: Bearer %s
        Content-Length: %d

        """
            .formatted(Tokens.operator().mint(), body.length)
            .replace("\n", "\r\n");
    try (var socket = new Socket(hosts.getHost(), hosts.getPort())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      // Somewhere between the first statement and the answer.
      LockSupport.parkNanos(nanos);
    }
  }

  private static List<String> shown(UUID site) {
    return asViewer()
        .queryParam("site", site)
        .queryParam("limit", 1000)
        .get("/v1/hosts")
        .path("items.id");
  }

  private static List<String> published(UUID site) {
    return Events.on(Catalogue.HOSTS.log().name()).stream()
        .filter(e -> e.header(EventHeaders.SITE).filter(site.toString()::equals).isPresent())
        .map(e -> String.valueOf(e.key()))
        .toList();
  }
}
