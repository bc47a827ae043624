package dev.perch.kit.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.testkit.TestKafka;
import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A consumer that was away for longer than tombstones live. */
class RebuildTest {
  private static final int GAUGES = 3_000;

  @RegisterExtension final Victims victims = new Victims();

  private final Bench bench = Bench.ofState();
  private final Map<String, Long> alive = new HashMap<>();

  @BeforeEach
  void aProjectionThatHasAll() {
    for (int i = 0; i < GAUGES; i++) {
      bench.writer.put("g" + i, 1, i);
      alive.put("g" + i, (long) i);
    }
    bench.writer.flush();
    try (Worker worker = bench.work()) {
      await().untilAsserted(() -> assertThat(bench.readings()).hasSize(GAUGES));
      assertThat(worker.records("applied")).isEqualTo(GAUGES);
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void deletesWhatWasDeletedMeanwhileAndHasNoTombstoneAnyMore() {
    // Given a consumer that is away
    deleteWithoutTrace("g0", "g1", "g2999");
    change("g5", 2, 55);
    change("new", 1, 7);
    passDays(31);

    // When it comes back
    try (Worker worker = bench.work()) {
      // Then it has what the topic has
      await().untilAsserted(() -> assertThat(bench.readings()).isEqualTo(alive));
      awaitNoPass();
      // And what it had already was not applied again
      assertThat(worker.records("applied")).isLessThan(GAUGES / 10);

      // When a deleted one is published again as it was, since its owner finds that it was lost
      change("g0", 1, 0);
      // Then it is there again
      await().untilAsserted(() -> assertThat(bench.readings()).isEqualTo(alive));
    }
  }

  @Test
  void isDoneUnderAConsumerWhoseDatabaseWasAwayForSoLong() {
    try (Worker worker = bench.work()) {
      // Given a consumer that runs, and did not get on for a month
      haveBeenDeleted(1);
      passDays(31);

      // When the next record comes to each partition
      makeNoise(1);

      // Then it finds what it has missed
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(bench.readings()).isEqualTo(alive));
      assertThat(worker.records("rejected")).isZero();
    }
  }

  @ParameterizedTest(name = "killed as it enters {0}.{1} for the {2}. time")
  @CsvSource({
    "Placement, find, 1", // before it begins
    "Sweep, after, 3", // in the middle of a pass
    "Sweep, delete, 1", // the pass is complete
    "Sweep, tombstone, 100" // in the middle of the sweep
  })
  void isContinuedAfterACrash(String type, String method, int entry) throws Exception {
    // Given much that was deleted within a month
    haveBeenDeleted(2_500);
    passDays(31);

    // When the consumer that comes back is killed
    victims
        .start(
            Victim.of(WorkerProgram.class, WorkerProgram.arguments(bench, TestKafka.bootstrap()))
                .killedAt(Class.forName("dev.perch.kit.inbox." + type), method, entry))
        .awaitHalt();

    // Then the next one ends what it began
    try (Worker worker = bench.work()) {
      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(() -> assertThat(bench.readings()).isEqualTo(alive));
      awaitNoPass();
      assertThat(worker.records("rejected")).isZero();
    }
  }

  @Test
  void keepsWhatTheTopicStillHasThoughItsNewestRecordIsBad() {
    // Given a gauge whose newest record cannot be read
    bench.writer.raw("g3", "{".getBytes(UTF_8), Writer.version(0, 2)).flush();
    passDays(31);

    // When the consumer comes back
    try (Worker worker = bench.work()) {
      await().untilAsserted(() -> assertThat(worker.records("rejected")).isPositive());
      awaitNoPass();
      // Then it keeps the one it could read
      assertThat(bench.readings()).isEqualTo(alive);
    }
  }

  @Test
  void isNotDoneAfterAShorterAbsence() {
    // Given a consumer that was away for four weeks
    passDays(28);
    change("g5", 2, 55);

    // When it comes back
    try (Worker worker = bench.work()) {
      await().untilAsserted(() -> assertThat(bench.readings()).isEqualTo(alive));
      // Then it has read the new record only
      assertThat(worker.records("applied")).isEqualTo(1);
      assertThat(worker.records("ignored")).isZero();
    }
  }

  @Test
  void isNotDoneAfterAQuietMonth() throws Exception {
    // Given a consumer at the end of a topic on which nothing happens
    try (Worker worker = bench.work()) {
      change("g5", 2, 55);
      await().untilAsserted(() -> assertThat(worker.records("applied")).isEqualTo(1));
      passDays(40);
      // When it looks after its partitions
      worker.subscription.check(Duration.ofHours(1));
    }

    // Then it reads on from there
    try (Worker worker = bench.work()) {
      change("g5", 3, 555);
      await().untilAsserted(() -> assertThat(bench.readings()).isEqualTo(alive));
      assertThat(worker.records("ignored")).isZero();
    }
  }

  @Test
  void deletesEverythingOfAPartitionThatIsEmpty() {
    // Given a topic whose records are all gone
    Compaction.deleteEverything(bench.topic);
    passDays(31);

    // When the consumer comes back
    try (Worker worker = bench.work()) {
      // Then it has nothing
      await().untilAsserted(() -> assertThat(bench.readings()).isEmpty());
      assertThat(worker.records("applied")).isZero();
    }
  }

  private void change(String gauge, long version, long reading) {
    bench.writer.put(gauge, version, reading).flush();
    alive.put(gauge, reading);
  }

  /** As far as the consumer can tell. */
  private void passDays(int days) {
    bench.execute(
        "update inbox_offset set caught_up_at = caught_up_at - interval '" + days + " days'");
  }

  private void awaitNoPass() {
    await()
        .untilAsserted(
            () ->
                assertThat(
                        bench.number(
                            "select count(*) from inbox_offset where pass <> 1 or sweep_at is not"
                                + " null"))
                    .isZero());
  }

  /** As far as the consumer can tell: it has them, and the topic has not. */
  private void haveBeenDeleted(int number) {
    bench.execute(
        "insert into gauge select 'gone' || n, n from generate_series(1, " + number + ") as n");
    bench.execute(
        "insert into inbox_version (consumer, topic, key, epoch, sequence, partition)"
            + " select consumer, topic, 'gone' || n, 0, 1, partition"
            + " from inbox_offset, generate_series(1, "
            + number
            + ") as n where n % 3 = partition");
  }

  private void deleteWithoutTrace(String... gauges) {
    for (String gauge : gauges) {
      bench.writer.remove(gauge, 2);
      alive.remove(gauge);
    }
    bench.writer.flush();
    var version = new AtomicLong();
    Compaction.of(bench.topic, List.of(gauges), () -> makeNoise(version.incrementAndGet()));
  }

  /** In every partition. */
  private void makeNoise(long version) {
    for (int i = 0; i < 20; i++) {
      change("noise" + i, version, i);
    }
  }
}
