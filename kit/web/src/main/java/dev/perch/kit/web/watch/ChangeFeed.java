package dev.perch.kit.web.watch;

import dev.perch.kit.web.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one topic as this replica sees them: a tail, a window of the newest, and a way
 * back to older ones. Runs no framework.
 */
public final class ChangeFeed implements AutoCloseable {
  private final Log log;
  private final Window window;
  private final Tail tail;
  private final Thread thread;
  private final Semaphore catchUps;

  /**
   * Begins to follow the topic, which need not be there yet.
   *
   * @param client what connects to the broker: bootstrap servers, security
   */
  public ChangeFeed(String topic, Map<String, Object> client, WatchConfig config) {
    this.log = new Log(topic, client);
    this.window = new Window(config.windowEvents(), config.windowBytes());
    this.tail = new Tail(log, window, config.topicCheck());
    this.catchUps = new Semaphore(config.catchUps());
    this.thread = Thread.ofPlatform().daemon().name("watch-" + topic).start(tail);
  }

  /**
   * The cursor of what happens from now on. Take it before the query whose answer it goes with:
   * then no change is in neither. While the broker is away it is the last one known, which is as
   * good; null until the topic was first seen.
   */
  public @Nullable String cursorNow() {
    Position end = window.end();
    return end == null ? null : end.cursor();
  }

  Window window() {
    return window;
  }

  /**
   * @throws dev.perch.kit.web.ProblemException {@link Problem.CursorGone}, {@link
   *     Problem.Unavailable}
   */
  CatchUp catchUp(Position cursor) {
    if (!catchUps.tryAcquire()) {
      throw new Problem.Unavailable("Too many watchers are catching up.", Duration.ofSeconds(1))
          .asException();
    }
    boolean opened = false;
    try {
      CatchUp catchUp = CatchUp.from(log, cursor, catchUps::release);
      opened = true;
      return catchUp;
    } catch (KafkaException e) {
      throw new Problem.Unavailable("The change log cannot be reached.", Watcher.BROKER_AGAIN)
          .asException();
    } finally {
      if (!opened) {
        catchUps.release();
      }
    }
  }

  /**
   * Ends all streams, which resume elsewhere by their cursors, and lets the topic go. Cursors that
   * are taken from now on are the last one known.
   */
  void drain() {
    window.close();
    tail.stop();
  }

  @Override
  public void close() {
    drain();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.close();
  }
}
