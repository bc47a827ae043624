package dev.perch.e2e;

import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Json;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the README promises a new user. */
class TourTest {
  private final Perch perch = Perch.running();

  @Test
  void aHostThatIsRegisteredChangedAndRemovedTellsItsWholeStoryOnKafka() {
    var inventory = perch.inventories().getFirst();
    UUID site = perch.createSite(inventory);
    UUID host = perch.createHost(inventory, site, "tour");
    String path = "/v1/hosts/" + host;
    perch
        .at(inventory)
        .header("If-Match", perch.at(inventory).get(path).header("ETag"))
        .contentType("application/merge-patch+json")
        .body(Map.of("labels", Map.of("rack", "r1")))
        .patch(path)
        .then()
        .statusCode(200);
    perch
        .at(inventory)
        .header("If-Match", perch.at(inventory).get(path).header("ETag"))
        .delete(path)
        .then()
        .statusCode(204);

    List<Event> story = new ArrayList<>();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              story.clear();
              Events.onBroker(perch.kafka(), Catalogue.HOSTS.log().name()).stream()
                  .filter(e -> host.toString().equals(e.key()))
                  .forEach(story::add);
              return story.size() == 3;
            });
    assertThatEvents(story).areCloudEvents().matchTheirSchemas().areGapFreePerKey();
  }

  @Test
  void rolesOfTheIdentityProviderDecideWhoMayChangeWhat() {
    var inventory = perch.inventories().getFirst();

    given()
        .baseUri(inventory.address())
        .auth()
        .oauth2(perch.token("viewer"))
        .contentType("application/json")
        .body(Map.of("name", "nobody"))
        .post("/v1/sites")
        .then()
        .statusCode(403);
    given().baseUri(inventory.address()).get("/v1/sites").then().statusCode(401);
  }

  @Test
  void theConsumerOfTheDocumentationSeesExactlyTheHostsThatTheApiShows() throws Exception {
    var inventory = perch.inventories().getFirst();
    UUID site = perch.createSite(inventory);
    for (int i = 0; i < 20; i++) {
      perch.createHost(inventory, site, "python-" + i);
    }
    Path python = virtualEnvironment();

    String table =
        Checkout.run(
                Map.of("KAFKA_BOOTSTRAP_SERVERS", perch.kafka()),
                List.of(python.toString(), "docs/integrate/consumer.py", "--exit-when-idle", "3"))
            .successfully()
            .output();

    List<JsonNode> seen = new ArrayList<>();
    for (String line : table.lines().filter(l -> l.startsWith("{")).toList()) {
      JsonNode host = Json.MAPPER.readTree(line);
      if (host.path("siteId").asText().equals(site.toString())) {
        seen.add(host);
      }
    }
    JsonNode shown =
        Json.MAPPER.readTree(
            perch.at(inventory).queryParam("site", site).get("/v1/hosts").asString());
    assertThat(seen).hasSize(20).containsExactlyInAnyOrderElementsOf(shown.path("items"));
  }

  /** Kept beside the build's output: installing takes longer than the test. */
  private static Path virtualEnvironment() {
    Path folder = Checkout.ROOT.resolve("e2e").resolve("target").resolve("python");
    Path python = folder.resolve("bin").resolve("python");
    if (!Files.exists(folder.resolve("ready"))) {
      Checkout.run(Map.of(), List.of("python3", "-m", "venv", folder.toString())).successfully();
      Checkout.run(
              Map.of(),
              List.of(python.toString(), "-m", "pip", "install", "--quiet", "confluent-kafka"))
          .successfully();
      Checkout.run(Map.of(), List.of("touch", folder.resolve("ready").toString())).successfully();
    }
    return python;
  }
}
