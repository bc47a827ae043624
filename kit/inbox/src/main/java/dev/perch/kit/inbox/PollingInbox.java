package dev.perch.kit.inbox;

import dev.perch.contract.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A projection's consumer for a program without a framework: its owner polls it, on one thread. The
 * database has the inbox's tables ({@code db/kit}).
 */
public final class PollingInbox implements AutoCloseable {
  private final Broker broker;
  private final Subscription subscription;
  private final KafkaConsumer<String, byte[]> kafka;

  /**
   * @param settings of the Kafka consumer, over the usual ones
   */
  PollingInbox(Projection projection, Surroundings around, Map<String, Object> settings) {
    broker = around.broker();
    subscription = new Subscription(projection, around);
    Map<String, Object> config = new HashMap<>(around.kafka());
    config.put("group.id", projection.consumer());
    config.put("enable.auto.commit", false);
    config.put("auto.offset.reset", "earliest");
    config.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    config.put("session.timeout.ms", 6000);
    config.put("heartbeat.interval.ms", 2000);
    config.put("max.poll.records", 1000);
    config.put("metadata.max.age.ms", 5000);
    config.putAll(settings);
    kafka = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    List<String> topics = projection.topics().stream().map(Topic::name).toList();
    kafka.subscribe(topics, new Placing());
  }

  /**
   * @param database asked for a connection per batch: a pool
   * @param connection how to connect to Kafka: {@code bootstrap.servers} and security
   * @param replicas of the dead-letter topic, if it has to be created
   */
  public static PollingInbox open(
      Projection projection,
      DataSource database,
      Map<String, Object> connection,
      int replicas,
      Troubles troubles,
      MeterRegistry meters) {
    Broker.Replication replication = new Broker.Replication(replicas, Math.max(1, replicas - 1));
    return new PollingInbox(
        projection,
        new Surroundings(
            database,
            connection,
            new Broker(connection, replication),
            troubles,
            meters,
            OpenTelemetry.noop(),
            Clock.systemUTC(),
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(15)),
            Duration.ofSeconds(30)),
        Map.of());
  }

  /**
   * Polls once, and applies what it was given for as long as it takes.
   *
   * @return what was polled; it is committed, or no longer this consumer's
   */
  public ConsumerRecords<String, byte[]> poll(Duration atMost) {
    return poll(atMost, () -> {});
  }

  /**
   * @param between runs between the poll and its transaction
   */
  ConsumerRecords<String, byte[]> poll(Duration atMost, Runnable between) {
    Consumption consumption = subscription.consumption();
    ConsumerRecords<String, byte[]> records = kafka.poll(atMost);
    if (!records.isEmpty()) {
      int generation = kafka.groupMetadata().generationId();
      between.run();
      consumption.process(generation, records);
    }
    if (consumption.isMisplaced()) {
      kafka.enforceRebalance();
    }
    return records;
  }

  Subscription subscription() {
    return subscription;
  }

  /** Ends a poll under way with a {@code WakeupException}; from another thread. */
  void interrupt() {
    subscription.close();
    kafka.wakeup();
  }

  /** On the thread that polls. */
  @Override
  public void close() {
    subscription.close();
    kafka.close();
    broker.close();
  }

  private final class Placing implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      subscription.consumption().assigned(kafka, partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      subscription.consumption().revoked(partitions);
    }
  }
}
