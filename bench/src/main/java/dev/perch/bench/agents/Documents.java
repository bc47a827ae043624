package dev.perch.bench.agents;

import dev.perch.bench.stack.Witness;
import dev.perch.bench.stack.Witness.Sight;
import dev.perch.contract.Catalogue;
import dev.perch.contract.EventHeaders;
import dev.perch.contract.Json;
import dev.perch.contract.host.HostDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Documents as a domain service publishes them, until what became of them is published. */
final class Documents {
  static final String OBSERVED = Catalogue.HOST_OBSERVATIONS.log().name();
  private static final String ASPECT = "tsn";

  private final String bootstrap;

  Documents(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  /**
   * Sends each of the agents a document.
   *
   * @param generation higher than any before
   */
  void send(List<SimulatedAgent> agents, long generation) throws InterruptedException {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrap),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (SimulatedAgent agent : agents) {
        var _ = producer.send(document(agent, generation));
        Thread.sleep(10);
      }
    }
  }

  /**
   * Awaits that all are observed.
   *
   * @return in ms, one for each agent: from the document's sending to the sight of its observation
   */
  List<Long> await(List<SimulatedAgent> agents, long generation, Witness witness)
      throws InterruptedException, TimeoutException {
    List<Long> took = new ArrayList<>();
    for (SimulatedAgent agent : agents) {
      Witness.await(
          "an observation",
          Duration.ofSeconds(60),
          () -> observed(agent, generation, witness).isPresent());
      Sight seen = observed(agent, generation, witness).orElseThrow();
      took.add(seen.seenAt() - seen.value().at("/after/readBack/sent").asLong());
    }
    return took;
  }

  private static Optional<Sight> observed(SimulatedAgent agent, long generation, Witness witness) {
    return witness.of(OBSERVED, HostDocument.key(agent.host(), ASPECT)).stream()
        .filter(sight -> sight.value().at("/after/generation").asLong() == generation)
        .findFirst();
  }

  private static ProducerRecord<String, byte[]> document(SimulatedAgent agent, long generation) {
    var document =
        new HostDocument(
            agent.host(),
            ASPECT,
            "files",
            generation,
            Json.MAPPER.createObjectNode().put("sent", System.currentTimeMillis()));
    try {
      var record =
          new ProducerRecord<>(
              Catalogue.hostDesired(ASPECT).name(),
              HostDocument.key(agent.host(), ASPECT),
              Json.MAPPER.writeValueAsBytes(document));
      header(record, EventHeaders.TYPE, HostDocument.TYPE);
      header(record, EventHeaders.EPOCH, "1");
      header(record, EventHeaders.SEQUENCE, Long.toString(generation));
      return record;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void header(ProducerRecord<?, ?> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
