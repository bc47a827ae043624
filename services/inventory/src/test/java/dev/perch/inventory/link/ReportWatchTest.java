package dev.perch.inventory.link;

import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItems;

import dev.perch.contract.facts.MemoryFacts;
import dev.perch.contract.host.Condition;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Platform.class)
class ReportWatchTest {
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
      String cursor = cursor(host, "facets");
      report(other, 1, 77);
      report(agent, 2, 8);
      report(agent, 3, 4);

      var answer = client.send(watch(host, "facets", cursor), BodyHandlers.ofLines());
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

  @Test
  void whatBecomesOfOneHostsDocumentsCanBeFollowedFromAListOn() throws Exception {
    UUID site = createSite();
    UUID host = createHost(site);
    UUID neighbour = createHost(site);
    try (TestAgent agent = TestAgent.enrolled(host).welcomed();
        TestAgent other = TestAgent.enrolled(neighbour).welcomed();
        var client = HttpClient.newHttpClient()) {
      String cursor = cursor(host, "documents");
      observe(other, 1, 77);
      observe(agent, 1, 8);
      observe(agent, 2, 9);

      var answer = client.send(watch(host, "documents", cursor), BodyHandlers.ofLines());
      List<String> lines =
          answer.body().takeWhile(line -> !line.contains("\"generation\":9")).toList();
      client.shutdownNow();

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(lines)
          .anyMatch(line -> line.contains("\"generation\":8"))
          .noneMatch(line -> line.contains("\"generation\":77"));
    }
  }

  private HttpRequest watch(UUID host, String what, String cursor) {
    return HttpRequest.newBuilder(hosts.resolve(host + "/" + what + "?watch=true"))
        .header("Authorization", "Bearer " + Tokens.viewer().mint())
        .header("Last-Event-ID", cursor)
        .build();
  }

  private static void observe(TestAgent agent, long seq, long generation) {
    var applied = new Condition("Applied", Condition.Status.TRUE, "Done", "", Instant.EPOCH);
    agent.say(new LinkMessage.Observed(seq, "tsn", generation, List.of(applied), null));
    agent.await(LinkMessage.Ack.class);
  }

  private static String cursor(UUID host, String what) {
    return Awaitility.await()
        .until(
            () -> asViewer().get("/v1/hosts/" + host + "/" + what).header("Perch-Watch-Cursor"),
            text -> text != null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"facets", "documents"})
  void aWatchRefusesWhatItCannotFilterBy(String what) {
    asViewer()
        .queryParam("watch", true)
        .queryParam("facet", "memory")
        .get("/v1/hosts/" + UUID.randomUUID() + "/" + what)
        .then()
        .statusCode(400)
        .body("violations.field", hasItems("facet"));
  }
}
