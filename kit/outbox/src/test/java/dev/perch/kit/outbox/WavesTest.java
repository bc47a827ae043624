package dev.perch.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WavesTest {

  @Test
  void rowsOfDifferentKeysShareAWave() {
    assertThat(Waves.of(rows("a", "b", "c"))).hasSize(1);
  }

  @Test
  void aRowWaitsForTheRowOfItsKeyThatPrecedesIt() {
    assertThat(Waves.of(rows("a", "b", "a", "c", "c")))
        .extracting(wave -> wave.stream().map(OutboxRow::key).toList())
        .containsExactly(List.of("a", "b"), List.of("a", "c"), List.of("c"));
  }

  @Test
  void whateverTheKeysNothingIsLostOrMovedAndNoWaveHasAKeyTwice() {
    Random random = new Random(1);
    for (int run = 0; run < 200; run++) {
      String[] keys = new String[random.nextInt(60)];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = "key-" + random.nextInt(1 + random.nextInt(20));
      }
      List<OutboxRow> rows = rows(keys);

      List<List<OutboxRow>> waves = Waves.of(rows);

      assertThat(waves.stream().flatMap(List::stream)).containsExactlyElementsOf(rows);
      assertThat(waves)
          .allSatisfy(w -> assertThat(w).extracting(OutboxRow::key).doesNotHaveDuplicates());
    }
  }

  @Test
  void aBusyKeyIsPublishedOverSeveralBatches() {
    List<OutboxRow> rows =
        rows(LongStream.range(0, 250).mapToObj(i -> "busy").toArray(String[]::new));

    assertThat(Waves.rows(Waves.first(rows))).isEqualTo(rows.subList(0, Waves.MOST));
  }

  private static List<OutboxRow> rows(String... keys) {
    List<OutboxRow> rows = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      rows.add(
          new OutboxRow(
              i,
              "state",
              "type",
              "log",
              "type",
              keys[i],
              i,
              1,
              null,
              null,
              null,
              null,
              Instant.EPOCH));
    }
    return rows;
  }
}
