package dev.perch.kit.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.perch.contract.EventHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Utils;

/** Reads what is on a state topic, in portions that fit into memory. */
final class StateTopic implements AutoCloseable {

  /** Partitions are read together up to this many records: about 20 MB of keys and positions. */
  private static final long PORTION = 100_000;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  /**
   * @param consumer without a group; closed with this
   */
  StateTopic(Consumer<byte[], byte[]> consumer, String topic) {
    this.consumer = consumer;
    this.partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new KafkaException("There is no topic " + topic);
    }
  }

  /** The partition's number for a key, as the producer chooses it. */
  int partition(String key) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8))) % partitions.size();
  }

  /** The numbers of the partitions, in groups to be read together. */
  List<Set<Integer>> portions() {
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<Set<Integer>> portions = new ArrayList<>();
    Set<Integer> portion = new HashSet<>();
    long records = 0;
    for (TopicPartition partition : partitions) {
      long more = ends.getOrDefault(partition, 0L) - begins.getOrDefault(partition, 0L);
      if (!portion.isEmpty() && records + more > PORTION) {
        portions.add(portion);
        portion = new HashSet<>();
        records = 0;
      }
      portion.add(partition.partition());
      records += more;
    }
    portions.add(portion);
    return portions;
  }

  /** What the partitions say from their beginnings to their present ends. */
  Map<String, Published> read(Set<Integer> portion) {
    List<TopicPartition> chosen =
        partitions.stream().filter(p -> portion.contains(p.partition())).toList();
    consumer.assign(chosen);
    consumer.seekToBeginning(chosen);
    return readOn();
  }

  /** What the same partitions say beyond the ends reached before. */
  Map<String, Published> readOn() {
    Map<String, Published> published = new HashMap<>();
    toTheEnds((key, record) -> published.merge(key, record, Published::followedBy));
    return published;
  }

  /** The highest epoch of any record; 0 on an empty topic. */
  long highestEpoch() {
    long[] highest = {0};
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    toTheEnds((key, record) -> highest[0] = Math.max(highest[0], record.last().epoch()));
    return highest[0];
  }

  private void toTheEnds(BiConsumer<String, Published> each) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!reached(ends)) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
      if (!records.isEmpty()) {
        deadline = System.nanoTime() + PATIENCE.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new KafkaException("No records within " + PATIENCE + " from " + ends);
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (record.key() != null) {
          each.accept(new String(record.key(), UTF_8), published(record));
        }
      }
    }
  }

  private boolean reached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private static Published published(ConsumerRecord<byte[], byte[]> record) {
    Position position =
        new Position(number(record, EventHeaders.EPOCH), number(record, EventHeaders.SEQUENCE));
    return Published.of(position, record.value() == null);
  }

  /** A record that nobody's relay wrote counts as older than all. */
  private static long number(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    try {
      return header == null ? 0 : Long.parseLong(new String(header.value(), UTF_8));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
