package dev.perch.kit.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchTest {
  private final Bench bench = Bench.ofState();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aBatchIsOneTransactionWithItsOffsets() {
    // Given many records that are there before the consumer comes
    for (int i = 0; i < 900; i++) {
      bench.writer.put("g" + i, 1, i);
    }
    bench.writer.flush();

    // When it consumes them
    try (Worker worker = bench.work()) {
      await().untilAsserted(() -> assertThat(bench.readings()).hasSize(900));
      assertThat(worker.records("applied")).isEqualTo(900);
    }

    // Then there were far fewer transactions than records, and each moved the offsets with it
    assertThat(bench.number("select count(distinct tx) from gauge")).isLessThan(10);
    assertThat(bench.number("select sum(next_offset) from inbox_offset")).isEqualTo(900);
    assertThat(
            bench.number(
                "select count(*) from inbox_offset o where not exists"
                    + " (select from gauge g where g.tx::text::bigint % 4294967296 = o.xmin::text::bigint)"))
        .isZero();
  }

  @Test
  void aBatchThatCannotBeCommittedLeavesNothing() {
    // Given a table that takes rows and refuses the commit, as a full disk does
    bench.execute(
        """
        create function refuse() returns trigger language plpgsql as $$
        begin raise exception 'no space' using errcode = '53100'; end $$;
        create constraint trigger refuse after insert on gauge deferrable initially deferred
        for each row execute function refuse();
        """);
    bench.writer.put("g1", 1, 7).flush();

    try (Worker worker = bench.work()) {
      // When the batch was tried for a while
      await()
          .untilAsserted(
              () -> assertThat(worker.troubles).containsKey("consumer-stuck/" + bench.consumer));
      // Then nothing of it is there
      assertThat(bench.readings()).isEmpty();
      assertThat(bench.number("select count(*) from inbox_version")).isZero();
      assertThat(bench.number("select sum(next_offset) from inbox_offset")).isZero();

      // When commits work again
      bench.execute("drop trigger refuse on gauge");
      // Then it is applied, once, and nobody need worry
      await().untilAsserted(() -> assertThat(bench.readings()).isEqualTo(Map.of("g1", 7L)));
      await().untilAsserted(() -> assertThat(worker.troubles).isEmpty());
      assertThat(worker.records("rejected")).isZero();
    }
  }
}
