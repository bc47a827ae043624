package dev.perch.tsn.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.tsn.plan.proof.OffsetSearch.Fixed;
import dev.perch.tsn.plan.proof.OffsetSearch.Free;
import dev.perch.tsn.plan.proof.OffsetSearch.Visit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OffsetSearchTest {
  private static final int INTERVAL = 4_000_000;

  @Test
  void twoFramesThatFitGetTimesApart() {
    List<Integer> offsets = search().solve(List.of(free(1_000_000), free(3_000_000)), List.of());

    assertThat(offsets).hasSize(2);
    int ahead = Math.floorMod(offsets.get(1) - offsets.get(0), INTERVAL);
    assertThat(ahead).isEqualTo(1_000_000);
  }

  // The solver alone takes seconds.
  @Test
  @Timeout(value = 500, unit = TimeUnit.MILLISECONDS)
  void oneFrameBesideAnotherThatLeavesNoRoomInItsIntervalIsAnsweredAtOnce() {
    Fixed often = new Fixed(0, 500_000, 0, 400_000);

    assertThat(search().solve(List.of(free(100_001)), List.of(often))).isEmpty();
  }

  private static OffsetSearch search() {
    return new OffsetSearch(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
  }

  private static Free free(int length) {
    return new Free(INTERVAL, 0, INTERVAL - 1, 1, List.of(new Visit(0, 0, length)));
  }
}
