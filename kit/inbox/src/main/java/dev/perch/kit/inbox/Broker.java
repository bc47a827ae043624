package dev.perch.kit.inbox;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.perch.contract.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What the inbox asks of the broker besides records. Every call may throw KafkaException. */
final class Broker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Admin admin;
  private final Replication replication;

  /**
   * How often each record of a created topic is stored.
   *
   * @param minInSync how many replicas must have a record before it is acknowledged
   */
  record Replication(int replicas, int minInSync) {}

  Broker(Map<String, Object> connection, Replication replication) {
    this.replication = replication;
    Map<String, Object> config = new HashMap<>(connection);
    config.put("request.timeout.ms", (int) PATIENCE.toMillis());
    config.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
    admin = Admin.create(config);
  }

  /** The ids of those of the topics that exist. */
  Map<String, UUID> topicIds(Collection<String> topics) {
    Map<String, UUID> ids = new HashMap<>();
    admin
        .describeTopics(topics)
        .topicNameValues()
        .forEach(
            (topic, description) -> {
              try {
                ids.put(topic, uuid(await(description).topicId()));
              } catch (UnknownTopicOrPartitionException e) {
                // Left out.
              }
            });
    return ids;
  }

  /** The offsets after the last records; partitions that do not exist are left out. */
  Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    ListOffsetsResult answer = admin.listOffsets(asked);
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (TopicPartition partition : partitions) {
      try {
        ends.put(partition, await(answer.partitionResult(partition)).offset());
      } catch (UnknownTopicOrPartitionException e) {
        // Left out.
      }
    }
    return ends;
  }

  /** Creates a topic as the catalogue has it. */
  void createIfAbsent(Topic topic) {
    Map<String, String> config = new HashMap<>(topic.config());
    config.put("min.insync.replicas", Integer.toString(replication.minInSync()));
    NewTopic created =
        new NewTopic(topic.name(), topic.partitions(), (short) replication.replicas())
            .configs(config);
    try {
      var _ = await(admin.createTopics(List.of(created)).all());
    } catch (TopicExistsException e) {
      // As wanted.
    }
  }

  private static UUID uuid(Uuid id) {
    return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  private static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get(2 * PATIENCE.toMillis(), MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
