package dev.perch.kit.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.perch.contract.Topic;
import dev.perch.kit.testkit.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static final byte[] NEGATIVE = "{\"reading\":-1}".getBytes(UTF_8);
  private static final byte[] NO_JSON = "{\"secret\":\"hunter2\"".getBytes(UTF_8);
  private static final byte[] OTHER_SHAPE = "{\"reading\":[]}".getBytes(UTF_8);
  private static final byte[] GOOD = "{\"reading\":1}".getBytes(UTF_8);

  private final Bench bench = Bench.ofState();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void poisonAmongGoodRecordsIsDeadLetteredAlone() {
    // Given good records, and among them one of each kind that can never be applied
    for (int i = 0; i < 200; i++) {
      bench.writer.put("good" + i, 1, i);
    }
    bench.writer.raw("negative", NEGATIVE, Writer.version(0, 1));
    bench.writer.raw("no-json", NO_JSON, Writer.version(0, 1));
    bench.writer.raw("other-shape", OTHER_SHAPE, Writer.version(0, 1));
    bench.writer.raw("nul\0", GOOD, Writer.version(0, 1));
    bench.writer.raw("no-version", GOOD, Map.of());
    for (int i = 200; i < 400; i++) {
      bench.writer.put("good" + i, 1, i);
    }
    bench.writer.flush();

    // When they are consumed
    try (Worker worker = bench.work()) {
      await().untilAsserted(() -> assertThat(bench.readings()).hasSize(400));
      await().untilAsserted(() -> assertThat(worker.records("rejected")).isEqualTo(5));

      // Then an operator is told
      assertThat(worker.troubles).containsOnlyKeys("dead-letters/" + bench.consumer);
    }

    // And each poison record is a letter that says what is wrong, without its content
    List<ConsumerRecord<String, byte[]>> letters = letters();
    assertThat(letters)
        .extracting(letter -> header(letter, DeadLetters.CODE))
        .containsExactlyInAnyOrder(
            "sql-23514", "value.malformed", "schema", "sql-22021", "version.missing");
    assertThat(letters)
        .allSatisfy(
            letter -> {
              assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo(bench.topic.name());
              assertThat(header(letter, DeadLetters.REASON))
                  .isNotBlank()
                  .doesNotContain("hunter2", "-1");
              assertThat(header(letter, DeadLetters.ERROR_CLASS))
                  .matches(".*(Exception|UnacceptableRecord)");
            });
    assertThat(bench.number("select count(*) from inbox_letter where resolved_at is null"))
        .isEqualTo(5);
    assertThat(bench.number("select sum(next_offset) from inbox_offset")).isEqualTo(405);
  }

  @Test
  void aReplayAppliesWhatCanBeAppliedNow() throws Exception {
    try (Worker worker = bench.work()) {
      // Given two letters, whose cause is mended for one of them
      bench.writer.raw("negative", NEGATIVE, Writer.version(0, 1));
      bench.writer.raw("no-json", NO_JSON, Writer.version(0, 1)).flush();
      await().untilAsserted(() -> assertThat(worker.records("rejected")).isEqualTo(2));
      bench.execute("alter table gauge drop constraint gauge_reading_check");

      // When all are replayed
      List<Replay.Outcome> outcomes = worker.subscription.replay().replay(List.of());

      // Then that one is applied, and the other waits on
      assertThat(bench.readings()).isEqualTo(Map.of("negative", -1L));
      assertThat(outcomes)
          .extracting(Replay.Outcome::resolution, Replay.Outcome::code)
          .containsExactlyInAnyOrder(
              tuple(Letter.Resolution.APPLIED, null), tuple(null, "value.malformed"));
      assertThat(worker.troubles).containsKey("dead-letters/" + bench.consumer);
      assertThat(bench.number("select attempts from inbox_letter where key = 'no-json'"))
          .isEqualTo(2);

      // And when the other is given up, nothing waits
      long offset = bench.number("select letter_offset from inbox_letter where key = 'no-json'");
      assertThat(worker.subscription.replay().discard(List.of(offset))).hasSize(1);
      assertThat(worker.troubles).isEmpty();
      assertThat(worker.subscription.replay().replay(List.of())).isEmpty();
    }
  }

  @Test
  void aReplayNeverBringsBackAnOlderVersion() throws Exception {
    try (Worker worker = bench.work()) {
      // Given a letter, and a newer version of its key that was applied
      bench.writer.raw("g", NEGATIVE, Writer.version(0, 1)).flush();
      await().untilAsserted(() -> assertThat(worker.records("rejected")).isEqualTo(1));
      bench.writer.put("g", 2, 20).flush();
      await().untilAsserted(() -> assertThat(bench.readings()).isEqualTo(Map.of("g", 20L)));
      bench.execute("alter table gauge drop constraint gauge_reading_check");

      // When it is replayed
      List<Replay.Outcome> outcomes = worker.subscription.replay().replay(List.of());

      // Then it is found outdated
      assertThat(outcomes)
          .extracting(Replay.Outcome::resolution)
          .containsExactly(Letter.Resolution.OUTDATED);
      assertThat(bench.readings()).isEqualTo(Map.of("g", 20L));
    }
  }

  @Test
  void anOlderVersionInTheSameBatchIsAppliedWhenTheNewestIsPoison() {
    // Given a good version and then a bad one of the same key
    bench.writer.put("g", 1, 10).raw("g", NEGATIVE, Writer.version(0, 2)).flush();

    try (Worker worker = bench.work()) {
      // Then the good one holds
      await().untilAsserted(() -> assertThat(worker.records("rejected")).isEqualTo(1));
      assertThat(bench.readings()).isEqualTo(Map.of("g", 10L));
    }
  }

  private List<ConsumerRecord<String, byte[]>> letters() {
    TopicPartition partition = new TopicPartition(Topic.deadLetters(bench.consumer).name(), 0);
    try (var kafka =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers", TestKafka.bootstrap(), "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      kafka.assign(List.of(partition));
      List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
      long end = kafka.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (kafka.position(partition) < end) {
        kafka.poll(Duration.ofMillis(100)).forEach(letters::add);
      }
      return letters;
    }
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
