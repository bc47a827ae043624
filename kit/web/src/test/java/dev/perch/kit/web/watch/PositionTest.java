package dev.perch.kit.web.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
  private static final Uuid TOPIC = Uuid.randomUuid();

  @Test
  void aCursorReadsBackAsThePlaceItWasMadeOf() {
    Position position =
        new Position(TOPIC, new long[] {0, 127, 128, 1L << 40, Long.MAX_VALUE >>> 1});

    assertThat(Position.of(position.cursor())).isEqualTo(position);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "!!!!", "AAAA", "AQ", "AQAAAAAAAAAAAAAAAAAAAAAA_______________w"})
  void whatIsNoCursorIsNoPlace(String cursor) {
    assertThat(Position.of(cursor)).isNull();
  }

  @Test
  void aCutCursorIsNoPlaceOrAnother() {
    Position position = new Position(TOPIC, new long[] {300, 300});
    String cursor = position.cursor();

    for (int length = 0; length < cursor.length(); length++) {
      assertThat(Position.of(cursor.substring(0, length))).isNotEqualTo(position);
    }
  }

  @Test
  void aPlaceCoversThoseBeforeIt() {
    Position here = new Position(TOPIC, new long[] {5, 5});

    assertThat(here.covers(here)).isTrue();
    assertThat(here.covers(new Position(TOPIC, new long[] {5, 4}))).isTrue();
    assertThat(here.covers(new Position(TOPIC, new long[] {0, 6}))).isFalse();
    assertThat(here.covers(new Position(Uuid.randomUuid(), new long[] {5, 5}))).isFalse();
    assertThat(here.covers(new Position(TOPIC, new long[] {5}))).isFalse();
  }
}
