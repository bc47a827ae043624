package dev.perch.kit.web.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final Uuid TOPIC = Uuid.randomUuid();

  private final Window window = new Window(10, 1 << 20);

  @BeforeEach
  void begin() {
    window.restart(TOPIC, new long[] {100, 200});
  }

  @Test
  void aReaderGetsWhatComesAfterItsPlaceInTheOrderItCame() throws Exception {
    window.append(List.of(event(0, 100), event(1, 200), event(0, 101)));

    Source reader = attach(100, 201);

    assertThat(reader.next(Duration.ZERO)).containsExactly(event(0, 100), event(0, 101));
    assertThat(reader.position()).isEqualTo(at(102, 201));
    assertThat(reader.next(Duration.ZERO)).isEmpty();
  }

  @Test
  void aReaderThatIsAheadWaitsForWhatItDoesNotHave() throws Exception {
    Source reader = attach(102, 200);

    window.append(List.of(event(0, 100), event(0, 101), event(0, 102)));

    assertThat(reader.next(Duration.ZERO)).containsExactly(event(0, 102));
  }

  @Test
  void aPlaceBeforeTheWindowIsNotServedFromIt() throws Exception {
    window.append(events(0, 100, 12));

    assertThat(window.attach(at(101, 200))).isNull();
    assertThat(attach(102, 200).next(Duration.ZERO)).hasSize(10);
  }

  @Test
  void aReaderThatFallsOutOfTheWindowEnds() throws Exception {
    Source reader = attach(100, 200);

    window.append(events(0, 100, 11));

    assertThat(ended(reader)).isEqualTo(Window.End.TOO_SLOW);
  }

  @Test
  void bytesAreLimitedToo() throws Exception {
    Window small = new Window(1000, 3 * event(0, 100).size());
    small.restart(TOPIC, new long[] {100, 200});

    small.append(events(0, 100, 5));

    assertThat(small.attach(at(101, 200))).isNull();
    assertThat(small.attach(at(102, 200))).isNotNull();
  }

  @Test
  void allReadersEndWhenTheLogBeginsAnew() throws Exception {
    Source reader = attach(100, 200);

    window.restart(Uuid.randomUuid(), new long[] {0, 0});

    assertThat(ended(reader)).isEqualTo(Window.End.RESTARTED);
    assertThat(catchThrowableOfType(Window.Ended.class, () -> window.attach(at(100, 200))))
        .extracting(e -> e.end)
        .isEqualTo(Window.End.RESTARTED);
  }

  @Test
  void aWaitingReaderEndsWhenTheWindowCloses() throws Exception {
    Source reader = attach(100, 200);
    Thread closer = Thread.ofVirtual().start(window::close);

    assertThat(catchThrowableOfType(Window.Ended.class, () -> reader.next(Duration.ofMinutes(1))))
        .extracting(e -> e.end)
        .isEqualTo(Window.End.CLOSED);
    closer.join();
  }

  private Source attach(long... next) throws Window.Ended {
    return Objects.requireNonNull(window.attach(at(next)));
  }

  private static Window.End ended(Source reader) {
    Window.Ended ended = catchThrowableOfType(Window.Ended.class, () -> reader.next(Duration.ZERO));
    assertThat(ended).isNotNull();
    return ended.end;
  }

  private static Position at(long... next) {
    return new Position(TOPIC, next);
  }

  private static List<ChangeEvent> events(int partition, int first, int count) {
    return IntStream.range(first, first + count).mapToObj(o -> event(partition, o)).toList();
  }

  private static ChangeEvent event(int partition, long offset) {
    return new ChangeEvent(partition, offset, "key", "type", null, "{}");
  }
}
