package dev.perch.certmon.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryTest {

  @ParameterizedTest
  @EnumSource
  void aShortLivedCertificateIsTriedAgainBeforeItRunsOut(Retry retry) {
    Duration remaining = Duration.ofMinutes(20);

    for (int attempt = 0; attempt < 50; attempt++) {
      assertThat(retry.after(attempt, remaining)).isBetween(Retry.LEAST, Duration.ofMinutes(2));
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobodyIsAskedMoreOftenThanEveryTenSeconds(Retry retry) {
    assertThat(retry.after(0, Duration.ofSeconds(1))).isEqualTo(Retry.LEAST);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "3, 10", "6, 60", "90, 60"})
  void failedValidationsAreRepeatedInGrowingSteps(int attempt, int minutes) {
    assertThat(Retry.VALIDATION.after(attempt, Duration.ZERO))
        .isEqualTo(Duration.ofMinutes(minutes));
  }

  @Test
  void whatPassesByItselfIsTriedAgainWithinAnHour() {
    assertThat(Retry.TRANSIENT.after(1_000, Duration.ofDays(60)))
        .isBetween(Retry.LEAST, Duration.ofHours(1));
  }

  @Test
  void whatWillNotPassIsTriedOnceADay() {
    assertThat(Retry.PERMANENT.after(3, Duration.ofDays(60))).isEqualTo(Duration.ofDays(1));
  }
}
