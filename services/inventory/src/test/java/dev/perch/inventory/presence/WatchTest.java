package dev.perch.inventory.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final long BEAT = 100;
  private static final long SECOND = 1_000_000_000;
  private static final Duration PARDON = Duration.ofSeconds(60);

  private final List<String> found = new ArrayList<>();
  private long now = 7 * SECOND;
  private final Attention attention = new Attention(() -> now);
  private final Attention.Duty loop = attention.duty();
  private final Watch watch =
      new Watch(
          3,
          10,
          PARDON,
          () -> now,
          attention,
          new Watch.Findings() {
            @Override
            public void degraded(Watched host, long silentNanos) {
              found.add("degraded " + millis(silentNanos));
            }

            @Override
            public void offline(Watched host, long silentNanos) {
              found.add("offline " + millis(silentNanos));
            }

            @Override
            public void recovered(Watched host) {
              found.add("recovered");
            }
          });

  private static long millis(long nanos) {
    return nanos / 1_000_000;
  }

  private Watched host(long beatMillis) {
    var host = new Watched(UUID.randomUUID(), UUID.randomUUID(), 1, beatMillis, now, () -> {});
    watch.add(host);
    return host;
  }

  /** Turns as its thread would. */
  private void pass(long millis) {
    for (long end = now + millis * 1_000_000; now < end; ) {
      now += Watch.TICK_NANOS;
      watch.turn();
    }
  }

  @Test
  void aHostIsDegradedAfterThreeMissedBeatsAndOfflineAfterTen() {
    host(BEAT);

    pass(299);
    assertThat(found).isEmpty();
    pass(30);
    assertThat(found).singleElement().asString().startsWith("degraded 3");
    pass(660);
    assertThat(found).hasSize(1);
    pass(50);

    assertThat(found).hasSize(2);
    assertThat(found.getLast()).matches("offline 10[0-3].");
  }

  @Test
  void aHostThatBeatsIsNeverFoundSilent() {
    Watched slow = host(1000);
    Watched fast = host(BEAT);
    var random = new Random(5);

    for (int i = 0; i < 3000; i++) {
      pass(40 + random.nextInt(60));
      watch.heard(fast);
      if (i % 8 == 0) {
        watch.heard(slow);
      }
    }

    assertThat(found).isEmpty();
  }

  @Test
  void aHostThatIsHeardAgainRecoversAtOnce() {
    Watched host = host(BEAT);
    pass(500);

    watch.heard(host);
    pass(10);

    assertThat(found.getLast()).isEqualTo("recovered");
    pass(290);
    assertThat(found).hasSize(2);
    pass(1000);
    assertThat(found).hasSize(4);
  }

  @Test
  void longIntervalsAreWatchedTooThoughTheWheelIsShorter() {
    host(60_000);

    pass(Duration.ofSeconds(179).toMillis());
    assertThat(found).isEmpty();
    pass(Duration.ofSeconds(2).toMillis());
    assertThat(found).hasSize(1);
    pass(Duration.ofSeconds(420).toMillis());

    assertThat(found).hasSize(2);
  }

  @Test
  void whenTheWatchItselfWasHeldUpNobodyIsBlamed() {
    Watched host = host(BEAT);

    now += 20 * SECOND;
    watch.turn();
    pass(290);
    assertThat(found).isEmpty();
    watch.heard(host);
    pass(290);

    assertThat(found).isEmpty();
  }

  @Test
  void whileAnEventLoopStandsStillNobodyIsBlamedAndAfterwardsTheyHaveTheirTimeAgain() {
    Watched host = host(BEAT);
    loop.goesOn();

    pass(20_000);
    assertThat(found).isEmpty();
    assertThat(attention.isBehind()).isTrue();
    loop.rests();
    pass(290);
    assertThat(found).isEmpty();
    watch.heard(host);
    pass(290);

    assertThat(found).isEmpty();
  }

  @Test
  void aHostThatIsGoneIsFoundThoughEventLoopsAreLateAllTheTime() {
    host(1000);
    loop.goesOn();

    pass(PARDON.toMillis() + 9_000);
    assertThat(found).hasSize(1);
    pass(1_100);

    assertThat(found.getLast()).matches("offline 70...");
  }

  @Test
  void aHostWhoseSessionEndedIsNotJudged() {
    Watched host = host(BEAT);

    host.end();
    pass(2000);

    assertThat(found).isEmpty();
  }
}
