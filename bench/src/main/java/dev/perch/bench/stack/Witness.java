package dev.perch.bench.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Follows topics from now on and notes when it saw what; the times are this machine's. */
public final class Witness implements AutoCloseable {

  /**
   * Something was published of a key.
   *
   * @param seenAt in milliseconds of this machine's clock
   */
  public record Sight(String topic, String key, JsonNode value, long seenAt) {}

  private final KafkaConsumer<String, byte[]> kafka;
  private final Thread thread;
  private final Map<String, List<Sight>> sights = new ConcurrentHashMap<>();
  private volatile boolean ended;

  public Witness(String bootstrap, List<String> topics) {
    kafka =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                100),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        topics.stream()
            .flatMap(topic -> kafka.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    kafka.assign(partitions);
    kafka.seekToEnd(partitions);
    partitions.forEach(kafka::position);
    thread = Thread.ofPlatform().daemon().name("witness").start(this::run);
  }

  private void run() {
    while (!ended) {
      for (ConsumerRecord<String, byte[]> record : kafka.poll(Duration.ofMillis(50))) {
        if (record.value() != null) {
          see(record);
        }
      }
    }
    kafka.close();
  }

  private void see(ConsumerRecord<String, byte[]> record) {
    try {
      var sight =
          new Sight(
              record.topic(),
              record.key(),
              Json.MAPPER.readTree(record.value()),
              System.currentTimeMillis());
      sights.merge(
          record.topic() + " " + record.key(),
          List.of(sight),
          (before, one) -> Stream.concat(before.stream(), one.stream()).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was seen of a key, in its order. */
  public List<Sight> of(String topic, String key) {
    return sights.getOrDefault(topic + " " + key, List.of());
  }

  /** The first that was seen of a topic, of whatever key, that is so. */
  public Optional<Sight> first(String topic, Predicate<JsonNode> so) {
    return sights.values().stream()
        .flatMap(List::stream)
        .filter(sight -> sight.topic().equals(topic) && so.test(sight.value()))
        .min(Comparator.comparingLong(Sight::seenAt));
  }

  /** How many were seen in all of a topic that are so. */
  public long count(String topic, Predicate<JsonNode> so) {
    return sights.values().stream()
        .flatMap(List::stream)
        .filter(sight -> sight.topic().equals(topic) && so.test(sight.value()))
        .count();
  }

  /**
   * Returns as soon as it is so.
   *
   * @param what for people: {@code an observation}
   */
  public static void await(String what, Duration atMost, BooleanSupplier so)
      throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new TimeoutException(what + " did not happen within " + atMost.toSeconds() + " s");
      }
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
