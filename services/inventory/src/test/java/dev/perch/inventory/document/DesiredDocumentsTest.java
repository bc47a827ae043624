package dev.perch.inventory.document;

import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.perch.contract.Catalogue;
import dev.perch.contract.EventHeaders;
import dev.perch.contract.Json;
import dev.perch.contract.Topic;
import dev.perch.contract.host.HostDocument;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.TestKafka;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class DesiredDocumentsTest {
  private static final String TSN = Catalogue.hostDesired("tsn").name();

  @Test
  void theNewestDocumentOfAnAspectIsShownUntilItIsWithdrawn() throws Exception {
    UUID host = createHost(createSite());

    send(TSN, host, 1, document(host, "tsn", 1));
    send(TSN, host, 2, document(host, "tsn", 2));
    awaitGenerations(host, 2);
    // Late, as after a broker's failure: it must not win.
    send(TSN, host, 1, document(host, "tsn", 1));
    send(TSN, host, 3, document(host, "tsn", 3));
    awaitGenerations(host, 3);

    asViewer()
        .get("/v1/hosts/" + host + "/documents")
        .then()
        .body("items[0].aspect", is("tsn"))
        .body("items[0].service", is("tsn"))
        .body("items[0].spec.cycle", is(3));
    send(TSN, host, 4, null);
    awaitGenerations(host);
  }

  @Test
  void aDocumentForAnotherServicesAspectIsADeadLetterAndHarmsNobody() throws Exception {
    UUID host = createHost(createSite());
    String foreign = host + "/runtime";

    send(TSN, foreign, 1, document(host, "runtime", 1));
    send(TSN, host, 1, document(host, "tsn", 1));

    awaitGenerations(host, 1);
    List<Event> letters =
        Events.await(Topic.deadLetters(DesiredDocuments.CONSUMER).name(), foreign, 1);
    assertThat(letters.getFirst().headers().toString()).contains("aspect.foreign");
  }

  private static void awaitGenerations(UUID host, Integer... generations) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                asViewer()
                    .get("/v1/hosts/" + host + "/documents")
                    .then()
                    .statusCode(200)
                    .body(
                        "items.generation",
                        generations.length == 0 ? is(List.of()) : contains(generations)));
  }

  private static HostDocument document(UUID host, String aspect, long generation) {
    return new HostDocument(
        host,
        aspect,
        "files",
        generation,
        JsonNodeFactory.instance.objectNode().put("cycle", (int) generation));
  }

  private static void send(String topic, UUID host, long sequence, @Nullable HostDocument document)
      throws Exception {
    send(topic, HostDocument.key(host, "tsn"), sequence, document);
  }

  /** As the outbox of the service that owns the topic would. */
  private static void send(String topic, String key, long sequence, @Nullable HostDocument document)
      throws Exception {
    Map<String, Object> config = Map.of("bootstrap.servers", TestKafka.bootstrap());
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      var record =
          new ProducerRecord<>(
              topic, key, document == null ? null : Json.MAPPER.writeValueAsBytes(document));
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
