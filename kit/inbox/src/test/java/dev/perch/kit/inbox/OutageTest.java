package dev.perch.kit.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.testkit.TestKafka;
import dev.perch.kit.testkit.TestPostgres;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutageTest {
  private static final Duration OUTAGE =
      Duration.ofSeconds(Integer.getInteger("perch.test.outage.seconds", 15));

  private final Bench bench = Bench.ofLog();
  private final AtomicBoolean writing = new AtomicBoolean(true);
  private long version;

  @AfterEach
  void close() {
    TestPostgres.start();
    TestKafka.start();
    bench.close();
  }

  @Test
  void aDatabaseThatIsAwayUnderLoadLosesNothingAndDeadLettersNothing() throws Exception {
    try (Worker worker = bench.work(new Readings(bench.consumer, bench.topic))) {
      // Given a consumer under load
      Thread load = Thread.ofPlatform().start(this::write);
      await().untilAsserted(() -> assertThat(worker.records("applied")).isGreaterThan(100));

      // When the database is killed and stays away
      TestPostgres.kill();
      await()
          .pollDelay(OUTAGE)
          .atMost(OUTAGE.plusSeconds(20))
          .untilAsserted(
              () -> assertThat(worker.troubles).containsKey("consumer-stuck/" + bench.consumer));
      TestPostgres.start();

      // Then all is applied once, nothing is a dead letter, and the alarm goes
      writing.set(false);
      load.join();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> assertThat(bench.number("select count(*) from reading")).isEqualTo(version));
      assertThat(bench.number("select count(distinct version) from reading")).isEqualTo(version);
      assertThat(bench.number("select count(*) from inbox_letter")).isZero();
      assertThat(worker.records("rejected")).isZero();
      await().untilAsserted(() -> assertThat(worker.troubles).isEmpty());
    }
  }

  @Test
  void aBrokerThatIsAwayLosesNothing() throws Exception {
    try (Worker worker = bench.work(new Readings(bench.consumer, bench.topic))) {
      Thread load = Thread.ofPlatform().start(this::write);
      await().untilAsserted(() -> assertThat(worker.records("applied")).isGreaterThan(100));

      // When the broker is away for a while
      TestKafka.stop();
      await()
          .pollDelay(Duration.ofSeconds(3))
          .untilAsserted(() -> assertThat(bench.number("select 1")).isOne());
      TestKafka.start();

      // Then all is applied once
      writing.set(false);
      load.join();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> assertThat(bench.number("select count(*) from reading")).isEqualTo(version));
      assertThat(bench.number("select count(distinct version) from reading")).isEqualTo(version);
      assertThat(worker.records("rejected")).isZero();
    }
  }

  /** About a thousand records a second. */
  private void write() {
    try (Writer load = new Writer(bench.topic, 20)) {
      while (writing.get()) {
        for (int i = 0; i < 20; i++) {
          version++;
          load.put("g", version, version);
        }
        load.flush();
      }
    }
  }
}
