package dev.perch.kit.inbox;

import dev.perch.kit.web.production.Mode;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.arc.All;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Takes the batches of every channel that feeds a {@link Projection}. */
@ApplicationScoped
public class Inbox {
  private final Map<String, Subscription> subscriptions = new TreeMap<>();
  private final Broker broker;
  private final Rejoin rejoin;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Inbox(
      @All List<Projection> projections,
      AgroalDataSource database,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      Troubles troubles,
      MeterRegistry meters,
      OpenTelemetry telemetry,
      InboxConfig config,
      @ConfigProperty(name = "perch.mode", defaultValue = "production") Mode mode,
      Rejoin rejoin) {
    this.rejoin = rejoin;
    boolean trial = mode == Mode.TRIAL;
    var replication =
        new Broker.Replication(
            config.replicas().orElse(trial ? 1 : 3),
            config.minInSyncReplicas().orElse(trial ? 1 : 2));
    broker = new Broker(kafka, replication);
    var around =
        new Surroundings(
            database,
            kafka,
            broker,
            troubles,
            meters,
            telemetry,
            Clock.systemUTC(),
            new Backoff(config.backoffFirst(), config.backoffLongest()),
            config.stuckAfter());
    for (Projection projection : projections) {
      if (subscriptions.put(projection.consumer(), new Subscription(projection, around)) != null) {
        throw new IllegalStateException("two projections are called " + projection.consumer());
      }
    }
  }

  /**
   * Applies a batch on a virtual thread, for as long as it takes. Call it from the
   * {@code @Incoming} method of the projection's channel and return what it returns, so that the
   * next batch comes when this one is committed.
   *
   * @return completes when the batch is committed or no longer this consumer's; never fails
   */
  public Uni<Void> accept(Projection projection, KafkaRecordBatch<String, byte[]> batch) {
    var metadata = batch.getMetadata(IncomingKafkaRecordBatchMetadata.class).orElseThrow();
    @SuppressWarnings("unchecked")
    ConsumerRecords<String, byte[]> records = metadata.getRecords();
    Consumption consumption = subscription(projection.consumer()).consumption();
    return Uni.createFrom()
        .voidItem()
        .emitOn(threads)
        .invoke(
            () -> {
              consumption.process(metadata.getConsumerGroupGenerationId(), records);
              if (consumption.isMisplaced()) {
                rejoin.ask(projection.consumer());
              }
            });
  }

  /**
   * @throws IllegalArgumentException if no projection has this name
   */
  Subscription subscription(String consumer) {
    Subscription subscription = subscriptions.get(consumer);
    if (subscription == null) {
      throw new IllegalArgumentException("no projection is called " + consumer);
    }
    return subscription;
  }

  Map<String, Subscription> subscriptions() {
    return subscriptions;
  }

  @PreDestroy
  void close() {
    subscriptions.values().forEach(Subscription::close);
    // Interrupts those that wait; what they hold is read again by whoever is next.
    threads.shutdownNow();
    broker.close();
  }
}
