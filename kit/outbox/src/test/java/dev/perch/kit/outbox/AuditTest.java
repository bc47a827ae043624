package dev.perch.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.contract.EventHeaders;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.TestKafka;
import dev.perch.kit.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditTest {
  private Rig rig;
  private Things things;

  @BeforeEach
  void publishedService() throws Exception {
    rig = Rig.fresh("audit");
    things = rig.things;
    rig.startRelay();
    for (int i = 0; i < 60; i++) {
      things.put("key-" + i % 25, "text " + i);
    }
    things.remove("key-3");
    rig.awaitDrained();
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  @Test
  void changesNothingWhereTheTopicTellsTheTruth() throws Exception {
    int records = rig.states().size();

    Republication run = audited();

    assertThat(run.compared()).isEqualTo(24);
    assertThat(run.republished()).isZero();
    assertThat(run.tombstoned()).isZero();
    assertThat(rig.states()).hasSize(records);
  }

  @Test
  void rebuildsTheStateTopicWhenTheBrokerLostItsData() throws Exception {
    rig.startAuditor();
    await().until(() -> rig.runs.newest(1).stream().anyMatch(AuditTest::isDone));

    TestKafka.wipeAndRestart();

    await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptionsInstanceOf(AssertionError.class)
        .untilAsserted(() -> assertThat(rig.published()).isEqualTo(things.table()));
    assertThat(rig.published()).hasSize(24);
  }

  @Test
  void publishesTheNewestStateAgainWhenAnOldRecordArrivedLate() throws Exception {
    produce("key-1", 1, 1, "{\"id\":\"key-1\",\"version\":1}");
    assertThat(rig.published()).containsEntry("key-1", 1L);

    Republication run = audited();

    rig.awaitDrained();
    assertThat(run.republished()).isEqualTo(1);
    assertThat(rig.published()).isEqualTo(things.table());
  }

  @Test
  void buriesAgainWhatWasDeletedAndLivesOnTheTopic() throws Exception {
    produce("key-3", 1, 2, "{\"id\":\"key-3\",\"version\":2}");
    assertThat(rig.published()).containsEntry("key-3", 2L);

    Republication run = audited();

    rig.awaitDrained();
    assertThat(run.tombstoned()).isEqualTo(1);
    Event last = Objects.requireNonNull(rig.newest().get("key-3"));
    assertThat(last.isTombstone()).isTrue();
    assertThat(last.place()).isEqualTo(new Event.Place(1, 4));
  }

  @Test
  void publishesWhatIsMissing() throws Exception {
    things.execute("insert into thing values ('never-published', 7, 'text')");

    Republication run = audited();

    rig.awaitDrained();
    assertThat(run.republished()).isEqualTo(1);
    assertThat(rig.published()).containsEntry("never-published", 7L);
  }

  @Test
  void stopsPublishingWhenTheDatabaseIsBehindAndGoesOnWithANewEpoch() throws Exception {
    TestPostgres.Snapshot backup = TestPostgres.snapshot(rig.database);
    awaitDatabase();
    for (int i = 0; i < 30; i++) {
      things.put("key-" + i, "after the backup");
    }
    things.remove("key-20");
    rig.awaitDrained();
    Map<String, Long> before = rig.published();

    TestPostgres.restore(backup);
    awaitDatabase();
    Republication run = audited();

    assertThat(run.state()).isEqualTo(Republication.State.HALTED);
    assertThat(rig.troubles.raised()).contains("database-behind-topic " + things.stateTopic());
    things.put("key-0", "while halted");
    await().during(Duration.ofSeconds(2)).until(() -> things.waiting() == 1);
    assertThat(rig.published()).isEqualTo(before);

    rig.runs.request("The database was restored", true);
    Republication renewed = audited();

    rig.awaitDrained();
    assertThat(renewed.state()).isEqualTo(Republication.State.DONE);
    assertThat(renewed.epoch()).isEqualTo(2);
    assertThat(rig.published()).isEqualTo(things.table());
    assertThat(rig.published()).containsKey("key-20").doesNotContainKey("key-29");
    assertThat(rig.newest().values()).allMatch(event -> event.place().epoch() == 2);
    assertThat(rig.troubles.raised()).isEmpty();
  }

  @Test
  void raisesTheEpochAboveEveryOneThatWasPublished() throws Exception {
    produce("key-1", 8, 1, "{\"id\":\"key-1\",\"version\":1}");

    rig.runs.request("Asked for", true);
    Republication run = audited();

    rig.awaitDrained();
    assertThat(run.epoch()).isEqualTo(9);
    assertThat(rig.published()).isEqualTo(things.table());
  }

  @Test
  void republishesMoreThanTheOutboxHoldsAtOnce() throws Exception {
    things.execute(
        "insert into thing select 'many-' || i, 1, 'text' from generate_series(1, 12000) i");

    Republication run = audited();

    rig.awaitDrained();
    assertThat(run.republished()).isEqualTo(12_000);
    assertThat(rig.published()).isEqualTo(things.table());
  }

  /** Runs what is due and returns the newest run. */
  private Republication audited() throws Exception {
    rig.auditor().tick();
    return rig.runs.newest(1).getFirst();
  }

  /** Sessions were ended; a pool notices at the next use of each. */
  private void awaitDatabase() {
    await()
        .ignoreExceptions()
        .until(
            () -> {
              for (int i = 0; i < 20; i++) {
                var _ = things.waiting();
              }
              return true;
            });
  }

  private static boolean isDone(Republication run) {
    return run.state() == Republication.State.DONE;
  }

  private void produce(String key, long epoch, long version, @Nullable String value)
      throws Exception {
    try (var producer = new RelayProducers(rig.cluster()).get()) {
      var late =
          new ProducerRecord<byte[], byte @Nullable []>(
              things.stateTopic(), bytes(key), value == null ? null : bytes(value));
      late.headers().add(EventHeaders.EPOCH, bytes(Long.toString(epoch)));
      late.headers().add(EventHeaders.SEQUENCE, bytes(Long.toString(version)));
      var _ = producer.send(late).get();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
