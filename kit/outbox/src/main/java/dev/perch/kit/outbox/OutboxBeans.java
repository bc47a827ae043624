package dev.perch.kit.outbox;

import dev.perch.kit.web.production.Mode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.arc.DefaultBean;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hibernate.reactive.mutiny.Mutiny;

/** Puts the parts together for a Quarkus service. */
@Dependent
final class OutboxBeans {

  @Produces
  @Singleton
  Database database(DataSource source) {
    return new Database(source);
  }

  @Produces
  @Singleton
  Doorbell doorbell() {
    return new Doorbell();
  }

  @Produces
  @Singleton
  Capacity capacity() {
    return new Capacity();
  }

  @Produces
  @Singleton
  Outbox outbox(Capacity capacity, Doorbell relay) {
    return new Outbox(capacity, relay);
  }

  @Produces
  @Singleton
  Transactions transactions(Mutiny.SessionFactory sessions, Outbox outbox) {
    return new Transactions(sessions, outbox);
  }

  @Produces
  @Singleton
  @DefaultBean
  Troubles troubles() {
    return new LoggedTroubles();
  }

  @Produces
  @Singleton
  Topics topics(
      OutboxConfig config,
      @ConfigProperty(name = "perch.mode", defaultValue = "production") Mode mode,
      Troubles troubles) {
    boolean trial = mode == Mode.TRIAL;
    return new Topics(
        config.replicas().orElse(trial ? 1 : 3),
        config.minInSyncReplicas().orElse(trial ? 1 : 2),
        troubles);
  }

  @Produces
  @Singleton
  Relay relay(
      @ConfigProperty(name = "perch.service") String service,
      DataSource database,
      @Identifier("default-kafka-broker") Map<String, Object> cluster,
      Doorbell bell,
      OutboxConfig config,
      MeterRegistry meters,
      Troubles troubles) {
    return new Relay(
        service, database, new RelayProducers(cluster), bell, config.settled(), meters, troubles);
  }

  @Produces
  @Singleton
  Backlog backlog(
      Database database,
      Capacity capacity,
      OutboxConfig config,
      MeterRegistry meters,
      Troubles troubles) {
    var limits = new Backlog.Limits(config.maxRows(), config.dataFolder(), config.maxDisk());
    return new Backlog(database, capacity, limits, meters, troubles);
  }

  @Produces
  @Singleton
  Republications republications(Database database) {
    return new Republications(database);
  }

  @Produces
  @Singleton
  SetAside setAside(Database database, Doorbell relay, Troubles troubles) {
    return new SetAside(database, relay, troubles);
  }

  @Produces
  @Singleton
  Suspects suspects(Database database, Outbox outbox, @All List<StateSource> sources) {
    return new Suspects(database, sources, new Restatement(database, outbox));
  }

  @Produces
  @Singleton
  Auditor auditor(
      Database database,
      @Identifier("default-kafka-broker") Map<String, Object> cluster,
      @All List<StateSource> sources,
      Outbox outbox,
      Topics topics,
      Republications runs,
      Troubles troubles) {
    var audit = new StateAudit(database, open(cluster), new Restatement(database, outbox));
    var needed =
        sources.stream()
            .map(StateSource::aggregate)
            .flatMap(aggregate -> Stream.of(aggregate.state(), aggregate.log()))
            // What has no log names its state topic twice.
            .distinct()
            .toList();
    Brokers brokers = new Brokers(() -> Admin.create(cluster), topics, needed);
    return new Auditor(database, sources, audit, runs, brokers, troubles);
  }

  private static Function<String, StateTopic> open(Map<String, Object> cluster) {
    Map<String, Object> settings = new HashMap<>(cluster);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
    return topic ->
        new StateTopic(
            new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
            topic);
  }
}
