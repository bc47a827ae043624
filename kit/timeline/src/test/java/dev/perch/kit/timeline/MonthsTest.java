package dev.perch.kit.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import org.junit.jupiter.api.Test;

class MonthsTest {
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

  @Test
  void theRunningMonthAndTwoMoreAreWanted() {
    assertThat(Months.wanted(NOVEMBER))
        .containsExactly(NOVEMBER, YearMonth.of(2026, 12), YearMonth.of(2027, 1));
  }

  @Test
  void thirteenMonthsAreKeptBesidesTheRunningOne() {
    assertThat(Months.expired(YearMonth.of(2025, 10), NOVEMBER)).isFalse();
    assertThat(Months.expired(YearMonth.of(2025, 9), NOVEMBER)).isTrue();
  }

  @Test
  void aPartitionIsNamedAfterItsMonthAndOthersAreLeftAlone() {
    assertThat(Months.month(Months.partition(NOVEMBER))).contains(NOVEMBER);
    assertThat(Months.month("timeline_archive")).isEmpty();
  }

  @Test
  void aPartitionHoldsItsMonthInUtc() {
    assertThat(Months.createStatement(NOVEMBER))
        .isEqualTo(
            "create table if not exists timeline_2026_11 partition of timeline"
                + " for values from ('2026-11-01T00:00Z') to ('2026-12-01T00:00Z')");
  }
}
