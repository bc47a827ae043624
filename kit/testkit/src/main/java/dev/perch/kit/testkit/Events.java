package dev.perch.kit.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import dev.perch.contract.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads topics of the test JVM's Kafka, without a consumer group. */
public final class Events {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Events() {}

  /**
   * All records from the topic's beginning to its present end; partitions one after the other.
   *
   * @throws AssertionError if there is no such topic
   */
  public static List<Event> on(String topic) {
    return onBroker(TestKafka.bootstrap(), topic);
  }

  /** The same from another broker. */
  public static List<Event> onBroker(String bootstrap, String topic) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrap, "allow.auto.create.topics", false);
    try (var consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      return read(consumer, topic);
    }
  }

  /** The records with this key, in order. */
  public static List<Event> ofKey(String topic, Object key) {
    String text = key.toString();
    return on(topic).stream().filter(event -> text.equals(event.key())).toList();
  }

  /**
   * Reads the topic until what is on it meets the condition.
   *
   * @throws AssertionError after 30 s, with what was there instead
   */
  public static List<Event> await(String topic, Predicate<List<Event>> condition) {
    List<Event> seen = new ArrayList<>();
    try {
      return Awaitility.await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                List<Event> events = onceItExists(topic);
                seen.clear();
                seen.addAll(events);
                return events;
              },
              condition);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "after %s, %s held %d events: %s".formatted(PATIENCE, topic, seen.size(), seen), e);
    }
  }

  /** Waits until the topic has so many records of this key, and returns those. */
  public static List<Event> await(String topic, Object key, int count) {
    String text = key.toString();
    Predicate<Event> own = event -> text.equals(event.key());
    return await(topic, all -> all.stream().filter(own).count() >= count).stream()
        .filter(own)
        .toList();
  }

  private static List<Event> onceItExists(String topic) {
    try {
      return on(topic);
    } catch (AssertionError notYet) {
      return List.of();
    }
  }

  private static List<Event> read(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .sorted(Comparator.comparingInt(TopicPartition::partition))
            .toList();
    if (partitions.isEmpty()) {
      throw new AssertionError("there is no topic " + topic);
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<Event> events = new ArrayList<>();
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(Duration.ofMillis(100)).forEach(record -> events.add(event(record)));
    }
    events.sort(Comparator.comparingInt(Event::partition).thenComparingLong(Event::offset));
    return List.copyOf(events);
  }

  private static Event event(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), text(header.value()));
    }
    byte[] key = record.key();
    return new Event(
        record.topic(),
        record.partition(),
        record.offset(),
        key == null ? null : text(key),
        headers,
        json(record.value()));
  }

  private static @Nullable JsonNode json(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      return Json.MAPPER.readTree(value);
    } catch (JsonProcessingException notJson) {
      return BinaryNode.valueOf(value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
  }
}
