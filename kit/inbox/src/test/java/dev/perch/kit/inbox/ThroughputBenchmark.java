package dev.perch.kit.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.testkit.TestKafka;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalPropertiesReader;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How many records a second one consumer applies. Not part of the test suite: {@code mvn -pl
 * kit/inbox -am test -Dtest=ThroughputBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ThroughputBenchmark {
  private static final int KEYS = 20_000;
  private static final int RECORDS = 200_000;

  @Test
  void recordsPerSecond() throws Exception {
    try (Bench bench = Bench.ofState();
        AgroalDataSource pool = pool(bench)) {
      run(bench, pool, "created, cold", 1, KEYS);
      for (int round = 0; round < 3; round++) {
        run(bench, pool, "changed", 2 + round * (RECORDS / KEYS), RECORDS);
      }
    }
  }

  private static void run(
      Bench bench, AgroalDataSource pool, String what, long version, int records) {
    for (int i = 0; i < records; i++) {
      bench.writer.put("key-" + i % KEYS, version + i / KEYS, i);
    }
    bench.writer.flush();
    try (Worker worker = new Worker(bench.gauges(), pool, TestKafka.bootstrap(), Map.of())) {
      long[] first = new long[1];
      worker.afterPoll = () -> first[0] = first[0] == 0 ? System.nanoTime() : first[0];
      worker.start();
      await()
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofMillis(5))
          .until(() -> worker.records("applied") + worker.records("ignored") >= records);
      double seconds = (System.nanoTime() - first[0]) / 1e9;
      System.out.printf(
          "%-14s %,8d records in %6.2f s: %,8.0f records/s%n",
          what, records, seconds, records / seconds);
      assertThat(worker.records("rejected")).isZero();
    }
  }

  private static AgroalDataSource pool(Bench bench) throws Exception {
    return AgroalDataSource.from(
        new AgroalPropertiesReader()
            .readProperties(
                Map.of(
                    "maxSize", "4",
                    "jdbcUrl", bench.database.jdbcUrl(),
                    "principal", bench.database.user(),
                    "credential", bench.database.password()))
            .get());
  }
}
