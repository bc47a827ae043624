package dev.perch.inventory.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttentionTest {
  private long now = Duration.ofHours(1).toNanos();
  private final Attention attention = new Attention(() -> now);

  private void pass(long millis) {
    now += millis * 1_000_000;
  }

  @Test
  void aDutyThatGoesOnIsNeverLate() {
    Attention.Duty loop = attention.duty();

    for (int i = 0; i < 100; i++) {
      loop.goesOn();
      pass(100);
      assertThat(attention.isLate()).isFalse();
    }

    assertThat(attention.isBehind()).isFalse();
  }

  @Test
  void oneOfManyThatStandsStillIsEnough() {
    Attention.Duty loop = attention.duty();
    Attention.Duty stuck = attention.duty();
    loop.goesOn();
    stuck.goesOn();

    pass(200);
    loop.goesOn();

    assertThat(attention.isLate()).isTrue();
    stuck.goesOn();
    assertThat(attention.isLate()).isFalse();
  }

  @Test
  void aQueueIsLateWhileItsFirstWaitsAndNotWhileItIsEmpty() {
    Attention.Duty queue = attention.duty();
    long came = now;

    pass(200);
    assertThat(attention.isLate()).isFalse();
    queue.waitsSince(came);
    assertThat(attention.isLate()).isTrue();
    queue.rests();

    assertThat(attention.isLate()).isFalse();
  }

  @Test
  void whoWasBehindIsHeldToBeSoForAWhile() {
    Attention.Duty loop = attention.duty();
    loop.goesOn();
    pass(200);
    assertThat(attention.isBehind()).isTrue();
    loop.rests();

    pass(2_900);
    assertThat(attention.isBehind()).isTrue();
    pass(200);

    assertThat(attention.isBehind()).isFalse();
  }

  @Test
  void hostsThatComeBackLetOneExpectTheOthers() {
    attention.returned();
    assertThat(attention.isLate()).isFalse();
    assertThat(attention.isBehind()).isTrue();
    pass(3_100);

    assertThat(attention.isBehind()).isFalse();
  }
}
