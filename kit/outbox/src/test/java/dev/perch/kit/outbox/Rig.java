package dev.perch.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.contract.Topic;
import dev.perch.kit.testkit.Database;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.EventsAssert;
import dev.perch.kit.testkit.TestKafka;
import dev.perch.kit.testkit.TestPostgres;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A service of {@link Things} with all that publishes, on a database and topics of its own. */
final class Rig implements AutoCloseable {
  static final Duration SETTLED = Duration.ofSeconds(2);

  final Database database;
  final String bootstrap;
  final Things things;
  final Recorded troubles = new Recorded();
  final Topics topics = new Topics(1, 1, troubles);
  final Republications runs;
  final SetAside setAside;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AgroalDataSource pool;
  private final Brokers brokers;
  private final List<AutoCloseable> open = new ArrayList<>();

  private Rig(Database database, String bootstrap) throws SQLException {
    this.database = database;
    this.bootstrap = bootstrap;
    pool = Pool.of(database);
    things = new Things(database.name(), pool);
    runs = new Republications(things.database());
    setAside = new SetAside(things.database(), things.bell, troubles);
    brokers = new Brokers(() -> Admin.create(cluster()), topics, topics());
  }

  /** On the test JVM's broker and database. */
  static Rig fresh(String name) throws Exception {
    return on(TestPostgres.freshDatabase(name), TestKafka.bootstrap());
  }

  static Rig on(Database database, String bootstrap) throws Exception {
    Rig rig = new Rig(database, bootstrap);
    rig.things.migrate();
    try (Admin admin = Admin.create(rig.cluster())) {
      var _ = rig.topics.create(admin, rig.topics());
    }
    return rig;
  }

  Map<String, Object> cluster() {
    return Map.of("bootstrap.servers", bootstrap);
  }

  List<Topic> topics() {
    return List.of(things.aggregate().state(), things.aggregate().log());
  }

  Relay startRelay() {
    Relay relay =
        new Relay(
            "things", pool, new RelayProducers(cluster()), things.bell, SETTLED, meters, troubles);
    relay.start();
    open.addFirst(relay);
    return relay;
  }

  void startSuspects() {
    Suspects suspects = new Suspects(things.database(), List.of(things), restatement());
    start(new Periodic("suspects", Duration.ofMillis(200), suspects::republish));
  }

  Auditor auditor() {
    return new Auditor(
        things.database(),
        List.of(things),
        new StateAudit(things.database(), this::open, restatement()),
        runs,
        brokers,
        troubles);
  }

  void startAuditor() {
    start(new Periodic("audit", Duration.ofMillis(500), auditor()::tick));
  }

  private void start(Periodic periodic) {
    periodic.start();
    open.addFirst(periodic);
  }

  private Restatement restatement() {
    return new Restatement(things.database(), things.outbox);
  }

  private StateTopic open(String topic) {
    return new StateTopic(
        new KafkaConsumer<>(cluster(), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        topic);
  }

  List<Event> states() {
    return Events.onBroker(bootstrap, things.stateTopic());
  }

  List<Event> changes() {
    return Events.onBroker(bootstrap, things.logTopic());
  }

  /** What compaction would leave of the state topic: the last record of each key. */
  Map<String, Event> newest() {
    Map<String, Event> newest = new HashMap<>();
    states().forEach(event -> newest.put(String.valueOf(event.key()), event));
    return newest;
  }

  /** The versions of what lives according to the state topic. */
  Map<String, Long> published() {
    Map<String, Long> versions = new HashMap<>();
    newest()
        .forEach(
            (key, event) -> {
              if (!event.isTombstone()) {
                versions.put(key, event.place().sequence());
              }
            });
    return versions;
  }

  /** Records that came to the state topic since and tell less than the table has. */
  List<Event> outdatedSince(List<Event> before) throws SQLException {
    Map<String, Long> table = things.table();
    Set<Event> known = new HashSet<>(before);
    return states().stream()
        .filter(event -> !known.contains(event))
        .filter(
            event -> event.place().sequence() < table.getOrDefault(String.valueOf(event.key()), 0L))
        .toList();
  }

  void awaitDrained() {
    await().atMost(Duration.ofSeconds(60)).until(() -> things.waiting() == 0);
  }

  /** Everything is published, nothing is suspected any more, and the topics tell the truth. */
  void awaitTruth() throws SQLException {
    awaitDrained();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> things.number("select count(*) from outbox_suspect") == 0);
    awaitDrained();
    assertThat(published()).isEqualTo(things.table());
    EventsAssert.assertThatEvents(changes()).areNotEmpty().areCloudEvents().areGapFreePerKey();
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    brokers.close();
    pool.close();
  }
}
