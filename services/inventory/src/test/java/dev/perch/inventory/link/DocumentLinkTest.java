package dev.perch.inventory.link;

import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.perch.contract.Catalogue;
import dev.perch.contract.EventHeaders;
import dev.perch.contract.Json;
import dev.perch.contract.host.Condition;
import dev.perch.contract.host.HostDocument;
import dev.perch.contract.link.LinkMessage;
import dev.perch.contract.link.LinkProtocol;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.TestKafka;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class DocumentLinkTest {
  private static final String TSN = Catalogue.hostDesired("tsn").name();

  @Test
  void anAgentIsSentWhatIsWantedAndWhatBecameOfItIsShownBesideIt() throws Exception {
    UUID host = createHost(createSite());
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {

      want(host, 1, 1);

      var desired = agent.await(LinkMessage.Desired.class);
      assertThat(desired.driver()).isEqualTo("files");
      assertThat(desired.generation()).isEqualTo(1);
      agent.say(observed(1, "tsn", 1));
      agent.await(LinkMessage.Ack.class);
      asViewer()
          .get("/v1/hosts/" + host + "/documents")
          .then()
          .body("items[0].observed.generation", is(1))
          .body("items[0].observed.conditions[0].status", is("TRUE"));
    }
  }

  @Test
  void whoComesLateGetsTheNewestAloneAndNothingItHas() throws Exception {
    UUID host = createHost(createSite());
    TestAgent agent = TestAgent.enrolled(host);
    want(host, 1, 1);
    want(host, 2, 2);
    want(host, 3, 3);
    awaitGeneration(host, 3);

    try (TestAgent late = agent.again().welcomed()) {
      assertThat(late.await(LinkMessage.Desired.class).generation()).isEqualTo(3);
    }
    try (TestAgent knowing = agent.again().connect()) {
      knowing.hello(
          knowing.challenge(), LinkProtocol.NEWEST, Map.of(), Map.of("tsn", 3L, "backup", 1L));
      knowing.await(LinkMessage.Welcome.class);

      // Of what it has nothing; what nobody wants any more is withdrawn.
      assertThat(knowing.await(LinkMessage.Desired.class))
          .isEqualTo(LinkMessage.Desired.withdrawn("backup"));
      want(host, 4, 4);
      assertThat(knowing.await(LinkMessage.Desired.class).generation()).isEqualTo(4);
      assertThat(knowing.rest()).isEmpty();
    }
  }

  @Test
  void instancesOfAnAspectAreDocumentsOfTheirOwn() throws Exception {
    UUID host = createHost(createSite());
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {
      want(host, "tsn.left", 1, 1);
      assertThat(agent.await(LinkMessage.Desired.class).aspect()).isEqualTo("tsn.left");

      want(host, "tsn.right", 7, 1);

      var desired = agent.await(LinkMessage.Desired.class);
      assertThat(desired.aspect()).isEqualTo("tsn.right");
      assertThat(desired.generation()).isEqualTo(7);
      agent.say(observed(1, "tsn.right", 7));
      agent.await(LinkMessage.Ack.class);
      asViewer()
          .get("/v1/hosts/" + host + "/documents")
          .then()
          .body("items.aspect", contains("tsn.left", "tsn.right"))
          .body("items[0].observed", nullValue())
          .body("items[1].observed.generation", is(7));
      asViewer()
          .get("/v1/hosts/" + host + "/documents/tsn.right/timeline")
          .then()
          .body("items.size()", is(1));
    }
  }

  @Test
  void whatIsSaidOfAnInstanceThatNobodyWantsIsNotKept() {
    UUID host = createHost(createSite());
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {

      agent.say(observed(1, "tsn.made-up", 1));

      assertThat(agent.await(LinkMessage.Ack.class).upTo()).isEqualTo(1);
      asViewer()
          .get("/v1/hosts/" + host + "/documents/tsn.made-up/timeline")
          .then()
          .body("items.size()", is(0));
    }
  }

  private static LinkMessage.Observed observed(long seq, String aspect, long generation) {
    return new LinkMessage.Observed(
        seq,
        aspect,
        generation,
        List.of(new Condition("Applied", Condition.Status.TRUE, "Done", "", Instant.EPOCH)),
        null);
  }

  private static void awaitGeneration(UUID host, int generation) {
    Awaitility.await()
        .untilAsserted(
            () ->
                asViewer()
                    .get("/v1/hosts/" + host + "/documents")
                    .then()
                    .body("items[0].generation", is(generation)));
  }

  /** As the service that owns the aspect publishes it. */
  private static void want(UUID host, long generation, long sequence) throws Exception {
    want(host, "tsn", generation, sequence);
  }

  private static void want(UUID host, String aspect, long generation, long sequence)
      throws Exception {
    var document =
        new HostDocument(
            host,
            aspect,
            "files",
            generation,
            Json.MAPPER.createObjectNode().put("cycle", generation));
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", TestKafka.bootstrap()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      var record =
          new ProducerRecord<>(
              TSN, HostDocument.key(host, aspect), Json.MAPPER.writeValueAsBytes(document));
      header(record, EventHeaders.TYPE, HostDocument.TYPE);
      header(record, EventHeaders.EPOCH, "1");
      header(record, EventHeaders.SEQUENCE, Long.toString(sequence));
      producer.send(record).get(20, TimeUnit.SECONDS);
    }
  }

  private static void header(ProducerRecord<?, ?> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
