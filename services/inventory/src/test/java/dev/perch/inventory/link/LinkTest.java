package dev.perch.inventory.link;

import static dev.perch.inventory.Api.alarmStatus;
import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static dev.perch.inventory.Api.delete;
import static dev.perch.inventory.Api.isCleared;
import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Json;
import dev.perch.contract.facts.MemoryFacts;
import dev.perch.contract.host.Condition;
import dev.perch.contract.link.FacetDigest;
import dev.perch.contract.link.FacetReport;
import dev.perch.contract.link.LinkClose;
import dev.perch.contract.link.LinkMessage;
import dev.perch.contract.link.LinkProtocol;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class LinkTest {

  private static FacetReport memory(long bytes) {
    return new MemoryFacts(bytes, 0, List.of(), "madvise", Map.of()).report();
  }

  @Test
  void aHostThatConnectsIsAvailable() {
    UUID host = createHost(createSite());

    try (TestAgent agent = TestAgent.enrolled(host).connect()) {
      agent.hello(agent.challenge());

      assertThat(agent.await(LinkMessage.Welcome.class).session()).isEqualTo(1);
      awaitAvailability(host, "AVAILABLE");
    }
  }

  @Test
  void factsArePublishedAndShownBeforeTheyAreAcknowledged() {
    UUID host = createHost(createSite());
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {
      agent.say(new LinkMessage.Facts(1, List.of(memory(16L << 30))));

      assertThat(agent.await(LinkMessage.Ack.class).upTo()).isEqualTo(1);
      asViewer()
          .get("/v1/hosts/" + host + "/facets/memory")
          .then()
          .statusCode(200)
          .body("memory.totalBytes", is(16L << 30))
          .body("version", is(1));

      agent.say(new LinkMessage.Facts(2, List.of(memory(8L << 30))));
      agent.await(LinkMessage.Ack.class);
      agent.say(new LinkMessage.Facts(3, List.of(memory(8L << 30))));
      agent.await(LinkMessage.Ack.class);

      List<Event> changes = Events.await(Catalogue.HOST_FACETS.log().name(), host + "/memory", 2);
      assertThatEvents(changes).areCloudEvents().matchTheirSchemas().areGapFreePerKey();
      assertThat(changes).hasSize(2);
      assertThat(value(changes).at("/changed/0").textValue()).isEqualTo("/digest");
    }
  }

  @Test
  void whatCannotBeTakenIsRefusedAndTheRestIsTaken() {
    UUID host = createHost(createSite());
    JsonNode strange = Json.MAPPER.createObjectNode().put("totalBytes", "much");
    var unknown = FacetReport.of("aura", strange);
    var malformed = FacetReport.of("memory", strange);
    var good = FacetReport.unavailable("time", "no clock");
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {

      agent.say(new LinkMessage.Facts(1, List.of(unknown, malformed, good)));

      var ack = agent.await(LinkMessage.Ack.class);
      assertThat(ack.refused())
          .extracting(LinkMessage.Refusal::code)
          .containsExactly("facet.unknown", "facet.malformed");
      asViewer()
          .get("/v1/hosts/" + host + "/facets/time")
          .then()
          .body("unavailable", is("no clock"));
      asViewer().get("/v1/hosts/" + host + "/facets/memory").then().statusCode(404);
    }
  }

  @Test
  void theServerAsksForTheFacetsThatDiffer() {
    UUID host = createHost(createSite());
    FacetReport known = memory(1);
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {
      agent.say(new LinkMessage.Facts(1, List.of(known)));
      agent.await(LinkMessage.Ack.class);
      agent.say(new LinkMessage.Digests(Map.of("memory", FacetDigest.of(known))));
      agent.say(
          new LinkMessage.Digests(
              Map.of("memory", FacetDigest.of(known), "cpu", FacetDigest.of(memory(2)))));

      assertThat(agent.await(LinkMessage.Resync.class).facets()).containsExactly("cpu");
    }
    try (TestAgent again = TestAgent.unknown(host)) {
      assertThat(again.rest()).isEmpty();
    }
  }

  @Test
  void aHostsDigestsAreComparedWhenItConnects() {
    UUID host = createHost(createSite());
    try (TestAgent agent = TestAgent.enrolled(host).connect()) {
      agent.hello(
          agent.challenge(),
          LinkProtocol.NEWEST,
          Map.of("memory", FacetDigest.of(memory(3))),
          Map.of());

      agent.await(LinkMessage.Welcome.class);
      assertThat(agent.await(LinkMessage.Resync.class).facets()).containsExactly("memory");
    }
  }

  @Test
  void whatBecameOfADocumentIsPublished() {
    UUID host = createHost(createSite());
    var applied =
        new Condition("Applied", Condition.Status.TRUE, "Done", "as wanted", Instant.EPOCH);
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {

      agent.say(new LinkMessage.Observed(1, "tsn", 4, List.of(applied), null));

      agent.await(LinkMessage.Ack.class);
      List<Event> observed =
          Events.await(Catalogue.HOST_OBSERVATIONS.state().name(), host + "/tsn", 1);
      assertThatEvents(observed).areCloudEvents().matchTheirSchemas();
      assertThat(value(observed).path("generation").asLong()).isEqualTo(4);
    }
  }

  @Test
  void aNewerSessionEndsTheOlderWhichWritesNothingMore() {
    UUID host = createHost(createSite());
    try (TestAgent older = TestAgent.enrolled(host).welcomed();
        TestAgent newer = older.again().welcomed()) {

      assertThat(older.closedBecause()).isEqualTo(LinkClose.SUPERSEDED);
      newer.say(new LinkMessage.Facts(1, List.of(memory(5))));
      newer.await(LinkMessage.Ack.class);
    }
  }

  @Test
  void twoAgentsThatTakeTurnsRaiseAnAlarm() {
    UUID host = createHost(createSite());
    UUID cloned = UUID.randomUUID();
    try (TestAgent one = TestAgent.enrolled(host).welcomed();
        TestAgent other = one.clone(cloned).welcomed();
        TestAgent restarted = one.clone(UUID.randomUUID()).welcomed()) {
      assertThat(alarmStatus("duplicate-agent-identity", host)).isEqualTo(404);

      try (TestAgent back = other.again().welcomed()) {
        Awaitility.await().until(() -> alarmStatus("duplicate-agent-identity", host) == 200);
        assertThat(back.isClosed()).isFalse();
        assertThat(restarted.closedBecause()).isEqualTo(LinkClose.SUPERSEDED);
      }
    }
  }

  private static JsonNode value(List<Event> events) {
    return Objects.requireNonNull(events.getLast().value());
  }

  @Test
  void anAgentOfATooOldProtocolIsToldSoAndRaisesAnAlarmUntilItIsUpgraded() {
    UUID host = createHost(createSite());
    try (TestAgent old = TestAgent.enrolled(host).connect()) {
      old.hello(old.challenge(), LinkProtocol.OLDEST - 1, Map.of(), Map.of());

      assertThat(old.closedBecause()).isEqualTo(LinkClose.OUTDATED);
      Awaitility.await().until(() -> alarmStatus("agent-outdated", host) == 200);

      try (TestAgent upgraded = old.again().welcomed()) {
        Awaitility.await().until(() -> isCleared("agent-outdated", host));
        assertThat(upgraded.isClosed()).isFalse();
      }
    }
  }

  @Test
  void aHostThatIsRemovedIsDisconnectedAndWhatItReportedIsBuried() {
    UUID host = createHost(createSite());
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {
      agent.say(new LinkMessage.Facts(1, List.of(memory(7))));
      agent.await(LinkMessage.Ack.class);
      awaitAvailability(host, "AVAILABLE");

      delete(host).then().statusCode(204);

      assertThat(agent.closedBecause()).isEqualTo(LinkClose.REVOKED);
      List<Event> states = Events.await(Catalogue.HOST_FACETS.state().name(), host + "/memory", 2);
      assertThat(states.getLast().isTombstone()).isTrue();
    }
  }

  private static void awaitAvailability(UUID host, String word) {
    Awaitility.await()
        .untilAsserted(
            () -> asViewer().get("/v1/hosts/" + host).then().body("state.availability", is(word)));
  }
}
