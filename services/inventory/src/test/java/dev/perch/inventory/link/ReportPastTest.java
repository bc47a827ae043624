package dev.perch.inventory.link;

import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static dev.perch.inventory.Api.delete;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.perch.contract.facts.MemoryFacts;
import dev.perch.contract.host.Condition;
import dev.perch.contract.link.LinkMessage;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a host reported before. */
@QuarkusTest
@WithTestResource(Platform.class)
class ReportPastTest {

  @Test
  void aFacetIsShownAsItWas() throws Exception {
    UUID host = createHost(createSite());
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {
      report(agent, 1, 16);
      report(agent, 2, 8);
      report(agent, 3, 8);
      report(agent, 4, 4);
    }

    String facet = "/v1/hosts/" + host + "/facets/memory";
    List<String> times =
        asViewer()
            .get(facet + "/timeline")
            .then()
            .statusCode(200)
            .body("items.version", contains(3, 2, 1))
            .body("items.what", contains("changed", "changed", "created"))
            .body("items[0].changed", hasItem("/memory/totalBytes"))
            .body("items[0].before.memory.totalBytes", is(8))
            .body("items[0].after.memory.totalBytes", is(4))
            .body("items[0].cause.actor", is("host:" + host))
            .extract()
            .path("items.at");
    asViewer()
        .queryParam("asOf", times.get(1))
        .get(facet)
        .then()
        .statusCode(200)
        .body("memory.totalBytes", is(8));
    asViewer()
        .queryParam("asOf", Instant.parse(times.get(2)).minusMillis(1).toString())
        .get(facet)
        .then()
        .statusCode(404);
    asViewer().get(facet).then().body("memory.totalBytes", is(4));
  }

  @Test
  void aTimelineHasPages() throws Exception {
    UUID host = createHost(createSite());
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {
      for (int i = 1; i <= 3; i++) {
        report(agent, i, i);
      }
    }

    String timeline = "/v1/hosts/" + host + "/facets/memory/timeline";
    String next =
        asViewer()
            .queryParam("limit", 2)
            .get(timeline)
            .then()
            .body("items.version", contains(3, 2))
            .body("items[1].before.memory.totalBytes", is(1))
            .extract()
            .path("next");
    asViewer()
        .queryParam("limit", 2)
        .queryParam("cursor", next)
        .get(timeline)
        .then()
        .body("items.version", contains(1))
        .body("next", nullValue());
  }

  @Test
  void whatFlapsIsForgottenAtItsOldEnd() throws Exception {
    UUID host = createHost(createSite());
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {
      for (int i = 1; i <= 103; i++) {
        report(agent, i, i);
      }
    }

    List<Integer> versions =
        asViewer()
            .queryParam("limit", 1000)
            .get("/v1/hosts/" + host + "/facets/memory/timeline")
            .then()
            .extract()
            .path("items.version");

    assertThat(versions).hasSize(100).startsWith(103).endsWith(4);
  }

  @Test
  void whatBecameOfADocumentIsShownAsItWas() throws Exception {
    UUID host = createHost(createSite());
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {
      observe(agent, 1, Condition.Status.FALSE);
      observe(agent, 2, Condition.Status.TRUE);
    }

    asViewer()
        .get("/v1/hosts/" + host + "/documents/tsn/timeline")
        .then()
        .statusCode(200)
        .body("items.version", contains(2, 1))
        .body("items[0].after.conditions[0].status", is("TRUE"))
        .body("items[0].before.conditions[0].status", is("FALSE"));
  }

  @Test
  void theRemovalOfAHostRemovesItsPast() throws Exception {
    UUID host = createHost(createSite());
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {
      report(agent, 1, 16);
    }
    String timeline = "/v1/hosts/" + host + "/facets/memory/timeline";
    asViewer().get(timeline).then().body("items", hasSize(1));

    delete(host).then().statusCode(204);

    asViewer().get(timeline).then().statusCode(404);
    asViewer()
        .queryParam("asOf", Instant.now().toString())
        .get("/v1/hosts/" + host + "/facets/memory")
        .then()
        .statusCode(404);
  }

  private static void report(TestAgent agent, long seq, long bytes) {
    var memory = new MemoryFacts(bytes, 0, List.of(), "madvise", Map.of());
    agent.say(new LinkMessage.Facts(seq, List.of(memory.report())));
    agent.await(LinkMessage.Ack.class);
  }

  private static void observe(TestAgent agent, long seq, Condition.Status status) {
    var applied = new Condition("Applied", status, "Done", "", Instant.EPOCH);
    agent.say(new LinkMessage.Observed(seq, "tsn", 1, List.of(applied), null));
    agent.await(LinkMessage.Ack.class);
  }
}
