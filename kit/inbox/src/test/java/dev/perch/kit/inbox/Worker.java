package dev.perch.kit.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.kafka.common.errors.WakeupException;

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

  private final String consumer;
  private final PollingInbox inbox;
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
    consumer = projection.consumer();
    Map<String, Object> connection = Map.of("bootstrap.servers", bootstrap);
    inbox =
        new PollingInbox(
            projection,
            new Surroundings(
                database,
                connection,
                new Broker(connection, new Broker.Replication(1, 1)),
                new Recorded(),
                meters,
                OpenTelemetry.noop(),
                Clock.systemUTC(),
                new Backoff(Duration.ofMillis(50), Duration.ofMillis(500)),
                Duration.ofSeconds(2)),
            hasty(settings));
    subscription = inbox.subscription();
    thread = new Thread(this, "worker-" + UUID.randomUUID());
  }

  private static Map<String, Object> hasty(Map<String, Object> settings) {
    Map<String, Object> hasty = new HashMap<>();
    hasty.put("heartbeat.interval.ms", 500);
    hasty.put("metadata.max.age.ms", 1000);
    hasty.putAll(settings);
    return hasty;
  }

  void start() {
    thread.start();
  }

  @Override
  public void run() {
    try (inbox) {
      while (!closed) {
        var _ = inbox.poll(Duration.ofMillis(100), afterPoll);
      }
    } catch (WakeupException e) {
      // Closed.
    }
  }

  double records(String outcome) {
    return meters
        .get("inbox.records")
        .tag("consumer", consumer)
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  @Override
  public void close() {
    closed = true;
    inbox.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
