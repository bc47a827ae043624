package dev.perch.kit.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A process that consumes, without a framework: polls and applies on one thread. A test may hold it
 * between the poll and the transaction.
 */
final class Worker implements AutoCloseable, Runnable {
  final Map<String, String> troubles = new ConcurrentHashMap<>();
  final MeterRegistry meters = new SimpleMeterRegistry();
  final Subscription subscription;

  /** Runs between each poll and its transaction. */
  volatile Runnable afterPoll = () -> {};

  private final Projection projection;
  private final Broker broker;
  private final KafkaConsumer<String, byte[]> kafka;
  private final Thread thread;
  private volatile boolean closed;

  static Worker start(Projection projection, DataSource database, String bootstrap) {
    Worker worker = new Worker(projection, database, bootstrap, Map.of());
    worker.start();
    return worker;
  }

  /**
   * @param settings of the Kafka consumer, over the usual ones
   */
  Worker(
      Projection projection, DataSource database, String bootstrap, Map<String, Object> settings) {
    this.projection = projection;
    Map<String, Object> connection = Map.of("bootstrap.servers", bootstrap);
    broker = new Broker(connection, new Broker.Replication(1, 1));
    subscription =
        new Subscription(
            projection,
            new Surroundings(
                database,
                connection,
                broker,
                new Recorded(),
                meters,
                OpenTelemetry.noop(),
                Clock.systemUTC(),
                new Backoff(Duration.ofMillis(50), Duration.ofMillis(500)),
                Duration.ofSeconds(2)));
    Map<String, Object> config = config(projection.consumer(), bootstrap);
    config.putAll(settings);
    kafka = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    thread = new Thread(this, "worker-" + UUID.randomUUID());
  }

  void start() {
    thread.start();
  }

  private static Map<String, Object> config(String group, String bootstrap) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", bootstrap);
    config.put("group.id", group);
    config.put("enable.auto.commit", false);
    config.put("auto.offset.reset", "earliest");
    config.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    config.put("session.timeout.ms", 6000);
    config.put("heartbeat.interval.ms", 500);
    config.put("max.poll.records", 1000);
    config.put("metadata.max.age.ms", 1000);
    return config;
  }

  @Override
  public void run() {
    List<String> names = projection.topics().stream().map(topic -> topic.name()).toList();
    Consumption consumption = subscription.consumption();
    try (kafka) {
      kafka.subscribe(names, new Listener());
      while (!closed) {
        ConsumerRecords<String, byte[]> records = kafka.poll(Duration.ofMillis(100));
        if (!records.isEmpty()) {
          int generation = kafka.groupMetadata().generationId();
          afterPoll.run();
          consumption.process(generation, records);
        }
        if (consumption.isMisplaced()) {
          kafka.enforceRebalance();
        }
      }
    } catch (WakeupException e) {
      // Closed.
    }
  }

  double records(String outcome) {
    return meters
        .get("inbox.records")
        .tag("consumer", projection.consumer())
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  @Override
  public void close() {
    closed = true;
    subscription.close();
    kafka.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    broker.close();
  }

  private final class Listener implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      subscription.consumption().assigned(kafka, partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      subscription.consumption().revoked(partitions);
    }
  }

  private final class Recorded implements Troubles {
    @Override
    public void raise(String alarm, String entity, String text) {
      troubles.put(alarm + "/" + entity, text);
    }

    @Override
    public void clear(String alarm, String entity) {
      troubles.remove(alarm + "/" + entity);
    }
  }
}
