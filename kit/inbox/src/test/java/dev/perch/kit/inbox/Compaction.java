package dev.perch.kit.inbox;

import dev.perch.contract.Topic;
import dev.perch.kit.testkit.TestKafka;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** Makes the broker do within seconds what it does in a month. */
final class Compaction {
  private static final Map<String, String> HASTE =
      Map.of(
          "segment.ms", "50",
          "delete.retention.ms", "0",
          "max.compaction.lag.ms", "1",
          "min.cleanable.dirty.ratio", "0");

  private Compaction() {}

  /**
   * Returns when no record of these keys is on the topic, not even a tombstone.
   *
   * @param step writes something to every partition: only a segment that is full is compacted
   */
  static void of(Topic topic, Collection<String> gone, Runnable step) {
    try (Admin admin = TestKafka.admin()) {
      set(admin, topic(topic), HASTE);
      set(
          admin,
          new ConfigResource(ConfigResource.Type.BROKER, ""),
          Map.of("log.cleaner.backoff.ms", "100"));
    }
    Set<String> keys = new HashSet<>(gone);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              step.run();
              return records(topic).stream().noneMatch(record -> keys.contains(record.key()));
            });
  }

  static void deleteEverything(Topic topic) {
    Map<TopicPartition, RecordsToDelete> everything = new HashMap<>();
    partitions(topic).forEach(p -> everything.put(p, RecordsToDelete.beforeOffset(-1)));
    try (Admin admin = TestKafka.admin()) {
      set(admin, topic(topic), Map.of("cleanup.policy", "compact,delete"));
      await(admin.deleteRecords(everything).all());
    }
  }

  private static List<TopicPartition> partitions(Topic topic) {
    return IntStream.range(0, topic.partitions())
        .mapToObj(p -> new TopicPartition(topic.name(), p))
        .toList();
  }

  private static Collection<ConsumerRecord<String, byte[]>> records(Topic topic) {
    try (var kafka =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", TestKafka.bootstrap()),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      kafka.assign(partitions(topic));
      kafka.seekToBeginning(partitions(topic));
      Map<TopicPartition, Long> ends = kafka.endOffsets(partitions(topic));
      Set<ConsumerRecord<String, byte[]>> records = new HashSet<>();
      while (ends.entrySet().stream().anyMatch(e -> kafka.position(e.getKey()) < e.getValue())) {
        kafka.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  private static void set(Admin admin, ConfigResource where, Map<String, String> config) {
    List<AlterConfigOp> changes =
        config.entrySet().stream()
            .map(e -> new ConfigEntry(e.getKey(), e.getValue()))
            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
            .toList();
    await(admin.incrementalAlterConfigs(Map.of(where, changes)).all());
  }

  private static ConfigResource topic(Topic topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }

  private static void await(KafkaFuture<Void> answer) {
    try {
      var _ = answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
