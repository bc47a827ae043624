package dev.perch.inventory.link;

import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItems;

import dev.perch.contract.facts.MemoryFacts;
import dev.perch.contract.link.LinkMessage;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class FacetWatchTest {
  @TestHTTPResource("/v1/hosts/")
  URI hosts;

  @Test
  void theChangesOfOneHostsFacetsCanBeFollowedFromAListOn() throws Exception {
    UUID site = createSite();
    UUID host = createHost(site);
    UUID neighbour = createHost(site);
    try (TestAgent agent = TestAgent.enrolled(host).welcomed();
        TestAgent other = TestAgent.enrolled(neighbour).welcomed();
        var client = HttpClient.newHttpClient()) {
      report(agent, 1, 16);
      String cursor = cursor(host);
      report(other, 1, 77);
      report(agent, 2, 8);
      report(agent, 3, 4);

      var request =
          HttpRequest.newBuilder(hosts.resolve(host + "/facets?watch=true"))
              .header("Authorization", "Bearer " + Tokens.viewer().mint())
              .header("Last-Event-ID", cursor)
              .build();
      var answer = client.send(request, BodyHandlers.ofLines());
      List<String> lines =
          answer.body().takeWhile(line -> !line.contains("\"totalBytes\":4")).toList();
      client.shutdownNow();

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(lines)
          .anyMatch(line -> line.contains("\"totalBytes\":8"))
          .noneMatch(line -> line.contains("\"totalBytes\":77"));
    }
  }

  private static void report(TestAgent agent, long seq, long bytes) {
    var memory = new MemoryFacts(bytes, 0, List.of(), "madvise", Map.of());
    agent.say(new LinkMessage.Facts(seq, List.of(memory.report())));
    agent.await(LinkMessage.Ack.class);
  }

  private static String cursor(UUID host) {
    return Awaitility.await()
        .until(
            () -> asViewer().get("/v1/hosts/" + host + "/facets").header("Perch-Watch-Cursor"),
            text -> text != null);
  }

  @Test
  void aWatchRefusesWhatItCannotFilterBy() {
    asViewer()
        .queryParam("watch", true)
        .queryParam("facet", "memory")
        .get("/v1/hosts/" + UUID.randomUUID() + "/facets")
        .then()
        .statusCode(400)
        .body("violations.field", hasItems("facet"));
  }
}
