package dev.perch.bench.soak;

import dev.perch.contract.Catalogue;
import dev.perch.contract.EventHeaders;
import dev.perch.contract.Json;
import dev.perch.contract.Topic;
import dev.perch.contract.inventory.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** The hosts' two topics from where they ended when this was made. */
final class Topics implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<String, byte[]> kafka;
  private final List<TopicPartition> partitions;

  Topics(String bootstrap) {
    kafka =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    partitions =
        Stream.of(Catalogue.HOSTS.state(), Catalogue.HOSTS.log())
            .map(Topic::name)
            .flatMap(topic -> kafka.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    kafka.assign(partitions);
    kafka.seekToEnd(partitions);
    partitions.forEach(kafka::position);
  }

  /** Reads on, to the present end. Hosts of other sites are left out as far as they say so. */
  void read(UUID site, LogTrail log, StateTrail state) throws IOException {
    Map<TopicPartition, Long> ends = kafka.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> kafka.position(end.getKey()) < end.getValue())) {
      ConsumerRecords<String, byte[]> batch = kafka.poll(POLL);
      for (ConsumerRecord<String, byte[]> record : batch) {
        String its = header(record, EventHeaders.SITE);
        if (its == null || its.equals(site.toString())) {
          add(record, log, state);
        }
      }
    }
  }

  private static void add(ConsumerRecord<String, byte[]> record, LogTrail log, StateTrail state)
      throws IOException {
    UUID id = UUID.fromString(record.key());
    long epoch = Long.parseLong(required(record, EventHeaders.EPOCH));
    long sequence = Long.parseLong(required(record, EventHeaders.SEQUENCE));
    byte[] value = record.value();
    if (record.topic().equals(Catalogue.HOSTS.log().name())) {
      String type = required(record, EventHeaders.TYPE);
      log.add(id, new LogTrail.Event(type, sequence, Arrays.hashCode(value)));
    } else {
      Host host = value == null ? null : Json.MAPPER.readValue(value, Host.class);
      state.add(id, new StateTrail.Record(epoch, sequence, host));
    }
  }

  @Override
  public void close() {
    kafka.close();
  }

  private static String required(ConsumerRecord<?, ?> record, String name) {
    String value = header(record, name);
    if (value == null) {
      throw new IllegalStateException("a record without " + name + ": " + record.key());
    }
    return value;
  }

  private static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }
}
