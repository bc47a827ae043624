package dev.perch.kit.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardTest {

  @Test
  void duplicatesAndOlderVersionsChangeNothing() {
    try (Bench bench = Bench.ofState();
        Worker worker = bench.work()) {
      // Given a gauge at version 3
      bench.writer.put("g", 1, 10).put("g", 2, 20).put("g", 3, 30).flush();
      await().untilAsserted(() -> assertThat(bench.readings()).isEqualTo(Map.of("g", 30L)));

      // When late retries bring older versions, and the same one with another value
      bench.writer.put("g", 2, 21).put("g", 3, 31).put("g", 1, 11).put("end", 1, 1).flush();

      // Then nothing of them is seen
      await().untilAsserted(() -> assertThat(bench.readings()).containsKey("end"));
      await().untilAsserted(() -> assertThat(bench.readings()).containsEntry("g", 30L));
      await()
          .untilAsserted(
              () -> assertThat(worker.records("applied") + worker.records("ignored")).isEqualTo(7));
    }
  }

  @Test
  void whatWasDeletedIsNotBroughtBackByAnOlderRecord() {
    try (Bench bench = Bench.ofState();
        Worker worker = bench.work()) {
      // Given a gauge that was deleted
      bench.writer.put("g", 1, 10).flush();
      await().untilAsserted(() -> assertThat(bench.readings()).containsKey("g"));
      bench.writer.remove("g", 2).flush();
      await().untilAsserted(() -> assertThat(bench.readings()).isEmpty());

      // When its creation comes again
      bench.writer.put("g", 1, 10).flush();
      await().untilAsserted(() -> assertThat(worker.records("ignored")).isEqualTo(1));

      // Then it stays deleted, and the marker knows since when
      assertThat(bench.readings()).isEmpty();
      assertThat(bench.number("select count(*) from inbox_version where deleted_at < now()"))
          .isEqualTo(1);
    }
  }

  @Test
  void aHigherEpochWinsOverAHigherSequence() {
    try (Bench bench = Bench.ofState();
        Worker worker = bench.work()) {
      // Given version 9 of a database that is then restored to an older copy
      bench.writer.put("g", 0, 9, 90).flush();
      await().untilAsserted(() -> assertThat(bench.readings()).isEqualTo(Map.of("g", 90L)));

      // When the restored one publishes in its new epoch
      bench.writer.put("g", 1, 4, 40).flush();
      // Then that is what holds
      await().untilAsserted(() -> assertThat(bench.readings()).isEqualTo(Map.of("g", 40L)));
      assertThat(worker.records("rejected")).isZero();
    }
  }

  @Test
  void aProjectionOfALogGetsEveryVersionOnceAndInOrder() {
    try (Bench bench = Bench.ofLog()) {
      // Given changes of two gauges, one published twice, one repeated late
      bench.writer.put("a", 1, 1).put("b", 1, 5).put("a", 2, 2).put("a", 2, 2).put("a", 3, 3);
      bench.writer.put("a", 1, 1).put("b", 2, 6).flush();

      // When they are consumed
      try (Worker worker = bench.work(new Readings(bench.consumer, bench.topic))) {
        await()
            .untilAsserted(
                () ->
                    assertThat(worker.records("applied") + worker.records("ignored")).isEqualTo(7));
      }

      // Then each is there once, in order
      assertThat(bench.number("select count(*) from reading")).isEqualTo(5);
      assertThat(
              bench.number(
                  "select count(*) from reading r join reading s on r.gauge = s.gauge"
                      + " where r.version < s.version and r.ordinal > s.ordinal"))
          .isZero();
    }
  }
}
