package dev.perch.kit.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.testkit.TestKafka;
import dev.perch.kit.testkit.TestPostgres;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private final Bench bench = Bench.ofState();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void offsetsInTheDatabaseWinOverTheGroups() throws Exception {
    // Given a group whose committed offsets are at the end of the topic, and a database without any
    bench.writer.put("a", 1, 1).put("b", 1, 2).put("c", 1, 3).flush();
    Map<TopicPartition, OffsetAndMetadata> end = new HashMap<>();
    for (int p = 0; p < bench.topic.partitions(); p++) {
      end.put(new TopicPartition(bench.topic.name(), p), new OffsetAndMetadata(3));
    }
    try (Admin admin = TestKafka.admin()) {
      var _ = admin.alterConsumerGroupOffsets(bench.consumer, end).all().get();
    }

    // When the consumer starts
    try (Worker worker = bench.work()) {
      // Then it reads what its database has not seen
      await()
          .untilAsserted(
              () -> assertThat(bench.readings()).isEqualTo(Map.of("a", 1L, "b", 2L, "c", 3L)));
      assertThat(worker.troubles).isEmpty();
    }
  }

  @Test
  void aConsumerContinuesWhereItsDatabaseIs() {
    // Given a consumer that has applied records and stopped
    bench.writer.put("a", 1, 1).flush();
    try (Worker worker = bench.work()) {
      await().untilAsserted(() -> assertThat(worker.records("applied")).isEqualTo(1));
    }
    bench.writer.put("a", 2, 2).flush();

    // When it starts again
    try (Worker worker = bench.work()) {
      await().untilAsserted(() -> assertThat(bench.readings()).isEqualTo(Map.of("a", 2L)));
      // Then it was given the new record only
      assertThat(worker.records("applied")).isEqualTo(1);
      assertThat(worker.records("ignored")).isZero();
    }
  }

  @Test
  void aRestoredDatabaseReadsAgainWhatItLost() {
    try (Worker worker = bench.work()) {
      // Given a copy of the database, and records after it
      bench.writer.put("a", 1, 1).flush();
      await().untilAsserted(() -> assertThat(bench.readings()).containsKey("a"));
      TestPostgres.Snapshot copy = TestPostgres.snapshot(bench.database);
      bench.writer.put("a", 2, 2).put("b", 1, 5).put("c", 1, 6).flush();
      await().untilAsserted(() -> assertThat(bench.readings()).hasSize(3));

      // When the copy is restored under the running consumer, and the next record comes
      TestPostgres.restore(copy);
      assertThat(bench.readings()).isEqualTo(Map.of("a", 1L));
      for (String key : List.of("a", "b", "c")) {
        bench.writer.put(key, 9, 9);
      }
      bench.writer.put("d", 1, 7).put("e", 1, 8).put("f", 1, 9).flush();

      // Then what was lost is read again
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(bench.readings())
                      .isEqualTo(Map.of("a", 9L, "b", 9L, "c", 9L, "d", 7L, "e", 8L, "f", 9L)));
      assertThat(worker.records("rejected")).isZero();
    }
  }

  @Test
  void aTopicCreatedAnewIsReadFromItsStart() throws Exception {
    try (Worker worker = bench.work()) {
      // Given a consumer that is far into a topic
      for (int i = 1; i <= 100; i++) {
        bench.writer.put("a", i, i).put("b", i, i).put("c", i, i);
      }
      bench.writer.flush();
      await()
          .untilAsserted(
              () ->
                  assertThat(bench.readings()).isEqualTo(Map.of("a", 100L, "b", 100L, "c", 100L)));

      // When the topic is deleted, created and written again, from its first offset on
      recreateTopic();
      try (Writer writer = new Writer(bench.topic)) {
        writer.put("a", 101, 1).put("b", 101, 2).put("c", 100, 100).put("d", 1, 4).flush();
      }

      // Then all of it is applied, although its offsets are smaller
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                worker.subscription.check(Duration.ofHours(1));
                assertThat(bench.readings())
                    .isEqualTo(Map.of("a", 1L, "b", 2L, "c", 100L, "d", 4L));
              });
    }
  }

  @Test
  void aTopicCreatedAnewWhileNobodyConsumedIsReadFromItsStart() throws Exception {
    // Given a consumer that stopped far into a topic
    try (Worker worker = bench.work()) {
      for (int i = 1; i <= 50; i++) {
        bench.writer.put("a", i, i);
      }
      bench.writer.flush();
      await().untilAsserted(() -> assertThat(bench.readings()).containsEntry("a", 50L));
      assertThat(worker.troubles).isEmpty();
    }

    // When the topic that it comes back to is another one, and longer than the first
    recreateTopic();
    try (Writer writer = new Writer(bench.topic)) {
      for (int i = 51; i <= 150; i++) {
        writer.put(i == 51 ? "first" : "a", i, i);
      }
      writer.flush();
    }

    // Then it misses nothing
    try (Worker worker = bench.work()) {
      await()
          .untilAsserted(
              () -> assertThat(bench.readings()).isEqualTo(Map.of("a", 150L, "first", 51L)));
      assertThat(worker.troubles).isEmpty();
    }
  }

  private void recreateTopic() throws Exception {
    try (Admin admin = TestKafka.admin()) {
      var _ = admin.deleteTopics(List.of(bench.topic.name())).all().get();
      await()
          .untilAsserted(
              () ->
                  assertThat(admin.listTopics().names().get()).doesNotContain(bench.topic.name()));
    }
    await().ignoreExceptions().untilAsserted(() -> TestKafka.create(bench.topic));
  }
}
