package dev.perch.kit.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.testkit.TestKafka;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RebalanceTest {
  private final Bench bench = Bench.ofLog();
  private final Projection readings = new Readings(bench.consumer, bench.topic);
  private long version;

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void consumersThatComeAndGoApplyEveryRecordOnce() {
    try (Worker first = bench.work(readings)) {
      write(300);
      await().untilAsserted(() -> assertThat(applied(first)).isEqualTo(300));

      // When a second one joins and leaves while records come
      double firstBefore;
      try (Worker second = bench.work(readings)) {
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(
                () -> {
                  write(30);
                  assertThat(applied(second)).isGreaterThan(100);
                });
        firstBefore = applied(first);
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                write(30);
                assertThat(applied(first)).isGreaterThan(firstBefore + 200);
              });

      // Then each record was applied once
      long written = version * 3;
      await()
          .untilAsserted(
              () -> assertThat(bench.number("select count(*) from reading")).isEqualTo(written));
      assertThat(bench.number("select count(distinct (gauge, version)) from reading"))
          .isEqualTo(written);
      assertThat(first.records("ignored")).isZero();
    }
  }

  @Test
  void aBatchThatWasOvertakenIsSkipped() throws Exception {
    // Given a consumer that polled a batch and then hangs for longer than its group waits
    CountDownLatch polled = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    write(300);
    try (Worker zombie =
        new Worker(
            readings,
            bench.database.dataSource(),
            TestKafka.bootstrap(),
            Map.of("max.poll.interval.ms", 1500))) {
      zombie.afterPoll =
          () -> {
            polled.countDown();
            try {
              released.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          };
      zombie.start();
      polled.await();

      // And its successor has applied the same records
      try (Worker successor = bench.work(readings)) {
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() -> assertThat(applied(successor)).isEqualTo(300));

        // When it wakes up and finishes its batch
        zombie.afterPoll = () -> {};
        released.countDown();
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(
                () -> {
                  write(30);
                  assertThat(applied(zombie)).isPositive();
                });

        // Then nothing was applied twice, nor even asked of the guard again
        long written = version * 3;
        await()
            .untilAsserted(
                () -> assertThat(bench.number("select count(*) from reading")).isEqualTo(written));
        assertThat(applied(zombie) + applied(successor)).isEqualTo(written);
        assertThat(zombie.records("ignored") + successor.records("ignored")).isZero();
      }
    }
  }

  /** Writes records of three gauges, one in each of most partitions. */
  private void write(int records) {
    for (int i = 0; i < records / 3; i++) {
      version++;
      bench.writer.put("a", version, i).put("b", version, i).put("c", version, i);
    }
    bench.writer.flush();
  }

  private static double applied(Worker worker) {
    return worker.records("applied");
  }
}
