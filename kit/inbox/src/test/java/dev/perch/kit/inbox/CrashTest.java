package dev.perch.kit.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.testkit.TestKafka;
import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A consumer that is killed with SIGKILL leaves what the topic says, once. */
class CrashTest {
  private static final int RECORDS = 9_000;
  private static final int POISON_EVERY = 1_000;
  private static final int POISON = RECORDS / POISON_EVERY;

  @RegisterExtension final Victims victims = new Victims();

  private final Bench bench = Bench.ofLog();

  @AfterEach
  void close() {
    bench.close();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "killed as it enters {0}.{1} for the {2}. time")
  @CsvSource({
    "Segments, apply, 1", // the offsets are locked
    "Guard, admit, 4", // in the middle of a batch
    "LetterBook, enter, 2", // the letters are on their topic, and not in the book
    "Offsets, put, 4", // everything is written but the offsets
    "Holdings, settle, 3" // just committed
  })
  void whatIsAppliedAfterACrashIsExactlyTheTopic(String type, String method, int entry)
      throws ClassNotFoundException {
    // Given a log with some poison in it
    for (int i = 1; i <= RECORDS; i++) {
      String gauge = "g" + i % 5;
      if (i % POISON_EVERY == 0) {
        bench.writer.raw(gauge, "{".getBytes(UTF_8), Writer.version(0, i));
      } else {
        bench.writer.put(gauge, i, i);
      }
    }
    bench.writer.flush();

    // When a consumer is killed on the way
    Victim victim =
        victims.start(
            Victim.of(WorkerProgram.class, WorkerProgram.arguments(bench, TestKafka.bootstrap()))
                .killedAt(Class.forName("dev.perch.kit.inbox." + type), method, entry));
    victim.awaitHalt();
    assertThat(bench.number("select count(*) from reading")).isLessThan(RECORDS - POISON);

    // And another one takes over
    try (Worker successor = bench.work(new Readings(bench.consumer, bench.topic))) {
      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(
              () ->
                  assertThat(bench.number("select sum(next_offset) from inbox_offset"))
                      .isEqualTo(RECORDS));
      assertThat(successor.records("ignored")).isZero();
    }

    // Then each good record was applied once and each bad one has one letter that waits
    assertThat(bench.number("select count(*) from reading")).isEqualTo(RECORDS - POISON);
    assertThat(bench.number("select count(distinct (gauge, version)) from reading"))
        .isEqualTo(RECORDS - POISON);
    assertThat(bench.number("select count(*) from inbox_letter where resolved_at is null"))
        .isEqualTo(POISON);
  }
}
