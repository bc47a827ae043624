package dev.perch.kit.web.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A caller that watches a feed on a thread of its own and keeps what it gets. */
final class Collector implements Stream, AutoCloseable {
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final List<Position> beats = new CopyOnWriteArrayList<>();
  private final Semaphore room = new Semaphore(1);
  private final Thread thread;
  private volatile @Nullable Throwable ended;

  private Collector(Watcher watcher, Source source) {
    this.thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    watcher.run(source, this);
                  } catch (Exception e) {
                    ended = e;
                  }
                });
  }

  static Collector watch(ChangeFeed feed, @Nullable String cursor) throws Window.Ended {
    return watch(feed, cursor, event -> true);
  }

  static Collector watch(ChangeFeed feed, @Nullable String cursor, Predicate<ChangeEvent> wanted)
      throws Window.Ended {
    Watcher watcher = new Watcher(feed, wanted, new TestWatch(1).heartbeat(), Instant.MAX);
    Position position = cursor == null ? null : Position.of(cursor);
    return new Collector(watcher, watcher.locate(position));
  }

  @Override
  public void send(Iterable<Sent> events) throws InterruptedException {
    room.acquire();
    events.forEach(sent::add);
    room.release();
  }

  @Override
  public void beat(Position position) throws InterruptedException {
    room.acquire();
    beats.add(position);
    room.release();
  }

  /** Takes nothing more until {@link #goOn}. */
  void stall() throws InterruptedException {
    room.acquire();
  }

  void goOn() {
    room.release();
  }

  List<String> data() {
    return sent.stream().map(each -> each.event().data()).toList();
  }

  /** The cursor a client would resume with after so many events. */
  String cursorAfter(int events) {
    return sent.get(events - 1).position().cursor();
  }

  String lastCursor() {
    return sent.isEmpty() ? lastBeat().cursor() : cursorAfter(sent.size());
  }

  int beats() {
    return beats.size();
  }

  Position lastBeat() {
    return beats.getLast();
  }

  @Nullable Throwable ended() {
    return ended;
  }

  /** Each key's events are those that were written, in their order. */
  void assertInOrder(List<String> written) {
    assertThat(ended).isNull();
    assertThat(data()).hasSameSizeAs(written);
    assertThat(byKey(data())).isEqualTo(byKey(written));
  }

  /** Data is {@code key:number}. */
  private static Map<String, List<String>> byKey(List<String> data) {
    return data.stream().collect(Collectors.groupingBy(d -> d.substring(0, d.indexOf(':'))));
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
