package dev.perch.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Catalogue;
import dev.perch.contract.EventHeaders;
import dev.perch.contract.Json;
import dev.perch.contract.host.HostDocument;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.EventsAssert;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A real agent on a host behind a WAN, followed from outside: through REST, SSE and Kafka. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AgentTest {
  /**
   * Its owner, the service of the same name, does not run here: one that does would find what it
   * has not written on its own topic, and publish no more.
   */
  private static final String ASPECT = "backup";

  /** Beats each 200 ms: degraded after 0.6 s, offline after 2 s. */
  private static final int BEAT = 200;

  private final Perch perch = Perch.running();
  private final HostAgent agent = new HostAgent();

  @SuppressWarnings("NullAway.Init")
  private UUID site;

  @SuppressWarnings("NullAway.Init")
  private UUID host;

  private long generation;

  @BeforeAll
  void enrolTheHost() {
    var inventory = perch.inventories().getFirst();
    site =
        UUID.fromString(
            perch
                .at(inventory)
                .contentType(ContentType.JSON)
                .body(
                    Map.of(
                        "name",
                        "edge-" + UUID.randomUUID().toString().substring(0, 8),
                        "beatEveryMillis",
                        BEAT))
                .post("/v1/sites")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    var issued =
        perch
            .at(inventory)
            .contentType(ContentType.JSON)
            .body(Map.of("siteId", site, "name", "edge-1"))
            .post("/v1/enrolment-tokens")
            .then()
            .statusCode(201)
            .extract();
    host = UUID.fromString(issued.path("hostId"));
    agent.ip("link", "add", "uplink0", "type", "veth", "peer", "name", "uplink1");
    agent.ip("link", "set", "uplink0", "up");
    agent.enrol(issued.path("token"));
    agent.start();
  }

  @AfterAll
  void stopTheHost() {
    agent.close();
  }

  @Test
  @Order(1)
  void aHostThatEnrolsIsSeenWithItsFactsWithinSeconds() {
    awaitAvailability("AVAILABLE", Duration.ofSeconds(30));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(facets().findValuesAsText("facet"))
                    .contains("identity", "cpu", "memory", "network", "kernel", "security"));
    assertThat(link("uplink0").path("adminUp").asBoolean()).isTrue();
  }

  @Test
  @Order(2)
  void anInterfaceThatGoesDownIsSeenThroughRestAndOnKafka() {
    agent.ip("link", "set", "uplink0", "down");
    try {
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> !link("uplink0").path("adminUp").asBoolean(true));
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(
                          named(
                                  newest(Catalogue.HOST_FACETS.state().name(), host + "/network"),
                                  "uplink0")
                              .path("adminUp")
                              .asBoolean(true))
                      .isFalse());
    } finally {
      agent.ip("link", "set", "uplink0", "up");
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> link("uplink0").path("adminUp").asBoolean());
  }

  @Test
  @Order(3)
  void desiredFilesAreAppliedRepairedAndRolledBack() throws Exception {
    Path file = agent.allowed().resolve("motd/current/motd");

    want("good morning", "/bin/true");
    awaitObserved("Applied", "TRUE");
    assertThat(file).hasContent("good morning");

    Files.writeString(file, "scribbled");
    await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertHas(file, "good morning"));

    want("never seen", "/bin/false");
    awaitObserved("Applied", "FALSE");
    assertThat(file).hasContent("good morning");

    want("good evening", "/bin/true");
    awaitObserved("Applied", "TRUE");
    assertThat(file).hasContent("good evening");
  }

  @Test
  @Order(4)
  void anAgentThatDiesIsOfflineAfterTenBeatsWithOneAlarmThatClearsWhenItReturns() {
    var inventory = perch.inventories().getFirst();
    try (var watch =
        Watch.open(Perch.uri(inventory, "/v1/hosts?watch=true&site=" + site), perch.token(), "")) {
      agent.kill();
      try {
        awaitAvailability("OFFLINE", Duration.ofSeconds(15));
        assertThat(alarms()).containsOnlyOnce("host-offline");
      } finally {
        agent.start();
      }
      awaitAvailability("AVAILABLE", Duration.ofSeconds(30));
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(alarms()).doesNotContain("host-offline"));
      assertThat(watch.received().stream().map(Watch.Sent::data).map(AgentTest::availability))
          .containsSubsequence("DEGRADED", "OFFLINE", "AVAILABLE");
    }
  }

  @Test
  @Order(5)
  void whileTheWanIsCutTheHostGoesOnAndReportsWhatHappenedWhenItIsBack() throws Exception {
    Path file = agent.allowed().resolve("motd/current/motd");
    agent.cutWan();
    try {
      awaitAvailability("OFFLINE", Duration.ofSeconds(30));
      agent.ip("link", "set", "uplink0", "down");
      want("after the cut", "/bin/true");
      Files.writeString(file, "scribbled");
      // Nobody outside helps: the host repairs what it was told before.
      await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertHas(file, "good evening"));
    } finally {
      agent.restoreWan();
    }

    awaitAvailability("AVAILABLE", Duration.ofSeconds(60));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !link("uplink0").path("adminUp").asBoolean(true));
    await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertHas(file, "after the cut"));
    agent.ip("link", "set", "uplink0", "up");
  }

  @Test
  @Order(6)
  void aKilledReplicaMakesNoHostOffline() {
    var inventories = perch.inventories();
    try (var watch =
        Watch.open(
            Perch.uri(inventories.get(1), "/v1/hosts?watch=true&site=" + site),
            perch.token(),
            "")) {
      for (var replica : inventories) {
        if (!replica.equals(inventories.get(1))) {
          Perch.signal("KILL", replica.pid());
        }
      }
      agent.ip("link", "set", "uplink0", "down");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !link("uplink0").path("adminUp").asBoolean(true));
      perch.awaitReady();
      assertThat(watch.received().stream().map(Watch.Sent::data).map(AgentTest::availability))
          .doesNotContain("OFFLINE");
    }
    agent.ip("link", "set", "uplink0", "up");
  }

  @Test
  @Order(7)
  void everythingThatWasPublishedOfTheHostIsInOrderAndWithoutAGap() {
    for (String key : List.of(host.toString(), host + "/network", host + "/" + ASPECT)) {
      String topic =
          key.equals(host.toString())
              ? Catalogue.HOSTS.log().name()
              : key.endsWith(ASPECT)
                  ? Catalogue.HOST_OBSERVATIONS.log().name()
                  : Catalogue.HOST_FACETS.log().name();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> EventsAssert.assertThatEvents(ofKey(topic, key)).areGapFreePerKey());
    }
  }

  private void awaitAvailability(String availability, Duration atMost) {
    await("host is " + availability)
        .atMost(atMost)
        .untilAsserted(
            () ->
                assertThat(read("/v1/hosts/" + host).at("/state/availability").asText())
                    .as(agent.log())
                    .isEqualTo(availability));
  }

  private JsonNode facets() {
    return read("/v1/hosts/" + host + "/facets");
  }

  private JsonNode link(String name) {
    return named(read("/v1/hosts/" + host + "/facets/network"), name);
  }

  /** The object that has this name, wherever it is; a missing node if there is none. */
  private static JsonNode named(JsonNode tree, String name) {
    return tree.findParents("name").stream()
        .filter(node -> name.equals(node.path("name").asText()))
        .findFirst()
        .orElseGet(() -> Json.MAPPER.missingNode());
  }

  /** Alarms that are active on the host. */
  private List<String> alarms() {
    return read("/v1/alarms?limit=1000")
        .path("items")
        .valueStream()
        .filter(alarm -> host.toString().equals(alarm.path("entity").asText()))
        .filter(alarm -> !alarm.hasNonNull("clearedAt"))
        .map(alarm -> alarm.path("alarmId").asText())
        .toList();
  }

  /** From whichever replica answers. */
  private JsonNode read(String path) {
    for (var inventory : perch.inventories()) {
      if (inventory.ready()) {
        try {
          return Json.MAPPER.readTree(
              perch.at(inventory).get(path).then().statusCode(200).extract().asString());
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }
    throw new AssertionError("no replica is ready");
  }

  /** What the service that owns the aspect would send. */
  private void want(String text, String reload) throws Exception {
    generation++;
    var spec =
        Json.MAPPER.valueToTree(
            Map.of(
                "folder", agent.allowed().resolve("motd").toString(),
                "files", List.of(Map.of("path", "motd", "text", text)),
                "reload", List.of(reload)));
    var document = new HostDocument(host, ASPECT, "files", generation, spec);
    Map<String, Object> config = Map.of("bootstrap.servers", perch.kafka());
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      var record =
          new ProducerRecord<>(
              Catalogue.hostDesired(ASPECT).name(),
              HostDocument.key(host, ASPECT),
              Json.MAPPER.writeValueAsBytes(document));
      header(record, EventHeaders.TYPE, HostDocument.TYPE);
      header(record, EventHeaders.EPOCH, "1");
      header(record, EventHeaders.SEQUENCE, Long.toString(generation));
      producer.send(record).get(20, TimeUnit.SECONDS);
    }
  }

  private static void header(ProducerRecord<?, ?> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Until the host has reported on the newest document. */
  private void awaitObserved(String condition, String status) {
    await("generation " + generation + " is " + condition + " " + status)
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              JsonNode observed =
                  newest(Catalogue.HOST_OBSERVATIONS.state().name(), host + "/" + ASPECT);
              assertThat(observed.toString()).as(agent.log()).contains("\"" + condition + "\"");
              JsonNode met =
                  observed
                      .path("conditions")
                      .valueStream()
                      .filter(c -> condition.equals(c.path("type").asText()))
                      .findFirst()
                      .orElseThrow();
              assertThat(met.path("status").asText()).as(met.toString()).isEqualTo(status);
            });
  }

  private JsonNode newest(String topic, String key) {
    var events = ofKey(topic, key);
    assertThat(events).as(topic).isNotEmpty();
    JsonNode value = events.getLast().value();
    assertThat(value).isNotNull();
    return value == null ? Json.MAPPER.missingNode() : value;
  }

  private List<Event> ofKey(String topic, String key) {
    return Events.onBroker(perch.kafka(), topic).stream()
        .filter(event -> key.equals(event.key()))
        .toList();
  }

  private static void assertHas(Path file, String text) {
    assertThat(file).hasContent(text);
  }

  private static String availability(String event) {
    try {
      return Json.MAPPER.readTree(event).at("/after/state/availability").asText("");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
