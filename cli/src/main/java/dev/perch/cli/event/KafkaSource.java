package dev.perch.cli.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.contract.EventHeaders;
import dev.perch.contract.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** The logs on Kafka, without a group: who looks leaves no trace. */
final class KafkaSource implements EventSource {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofSeconds(1);

  /**
   * The client tells its whole configuration, unless it is kept from it for as long as it lives.
   */
  private static final Logger CLIENT_LOG = Logger.getLogger("org.apache.kafka");

  private final KafkaConsumer<String, String> consumer;
  private final Consumer<String> notices;
  private final Queue<Event> read = new ArrayDeque<>();

  private KafkaSource(KafkaConsumer<String, String> consumer, Consumer<String> notices) {
    this.consumer = consumer;
    this.notices = notices;
  }

  /**
   * @param properties of the client; what a reader needs is added
   * @param from where to begin; null for now
   */
  static KafkaSource open(
      Properties properties, List<String> topics, @Nullable Instant from, Consumer<String> notices)
      throws Failure {
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    CLIENT_LOG.setLevel(Level.SEVERE);
    try {
      KafkaConsumer<String, String> consumer =
          new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
      KafkaSource source = new KafkaSource(consumer, notices);
      source.seek(topics, from);
      return source;
    } catch (KafkaException e) {
      throw new Failure(
          ExitCode.NOT_REACHABLE,
          "Kafka at "
              + properties.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)
              + " cannot be read: "
              + e.getMessage());
    }
  }

  private void seek(List<String> topics, @Nullable Instant from) {
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    if (from != null) {
      consumer.offsetsForTimes(times(partitions, from)).forEach(this::seek);
    }
    // Seeking is lazy, and what happens from now on must not be missed.
    partitions.forEach(consumer::position);
  }

  private static Map<TopicPartition, Long> times(
      Collection<TopicPartition> partitions, Instant from) {
    return partitions.stream()
        .collect(Collectors.toMap(Function.identity(), p -> from.toEpochMilli()));
  }

  /** Where nothing is that young there is no offset, and the end is right. */
  private void seek(TopicPartition partition, @Nullable OffsetAndTimestamp at) {
    if (at != null) {
      consumer.seek(partition, at.offset());
    }
  }

  @Override
  public @Nullable Event next(Instant end) throws Failure {
    try {
      while (read.isEmpty() && Instant.now().isBefore(end)) {
        consumer.poll(until(end)).forEach(this::keep);
      }
    } catch (KafkaException e) {
      throw new Failure(ExitCode.NOT_REACHABLE, "Kafka cannot be read: " + e.getMessage());
    }
    return read.poll();
  }

  private static Duration until(Instant end) {
    Instant soon = Instant.now().plus(POLL);
    return soon.isBefore(end) ? POLL : Duration.between(Instant.now(), end);
  }

  private void keep(ConsumerRecord<String, String> record) {
    Header type = record.headers().lastHeader(EventHeaders.TYPE);
    if (type == null || record.value() == null) {
      return;
    }
    try {
      JsonNode data = Json.MAPPER.readTree(record.value());
      read.add(new Event(new String(type.value(), StandardCharsets.UTF_8), data));
    } catch (JsonProcessingException e) {
      notices.accept(
          record.topic() + " " + record.partition() + ":" + record.offset() + " is no event");
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
