package dev.perch.kit.web.watch;

import dev.perch.kit.web.Problem;
import dev.perch.kit.web.watch.Window.Ended;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Carries a feed's events to one caller, from a cursor on: out of the window, after a catch-up from
 * the broker where the window begins too late. Belongs to one virtual thread.
 */
final class Watcher {
  static final Duration BROKER_AGAIN = Duration.ofSeconds(5);

  private final ChangeFeed feed;
  private final Predicate<ChangeEvent> wanted;
  private final Duration heartbeat;
  private final Instant until;

  /**
   * @param until when the caller's token expires, which ends the stream
   */
  Watcher(ChangeFeed feed, Predicate<ChangeEvent> wanted, Duration heartbeat, Instant until) {
    this.feed = feed;
    this.wanted = wanted;
    this.heartbeat = heartbeat;
    this.until = until;
  }

  /**
   * Finds the place of a cursor, or the present without one.
   *
   * @throws Ended when the window is closed
   * @throws dev.perch.kit.web.ProblemException {@link Problem.CursorGone}, {@link
   *     Problem.Unavailable}
   */
  Source locate(@Nullable Position cursor) throws Ended {
    Window window = feed.window();
    Position now = window.end();
    Position from = cursor == null ? now : cursor;
    if (from == null) {
      throw new Problem.Unavailable("Changes cannot be followed yet.", BROKER_AGAIN).asException();
    }
    // A cursor past the tail may come from a replica that is ahead: only the broker knows.
    Source live = now != null && now.covers(from) ? window.attach(from) : null;
    return live == null ? feed.catchUp(from) : live;
  }

  /** Sends until the caller's token expires; everything else that ends it is thrown. */
  void run(Source start, Stream stream)
      throws Ended, InterruptedException, ExecutionException, TimeoutException {
    Source source = start;
    try {
      stream.beat(source.position());
      long beatAt = System.nanoTime() + heartbeat.toNanos();
      while (Instant.now().isBefore(until)) {
        source = liveIfPossible(source);
        Position from = source.position();
        boolean sent = send(from, source.next(patience()), stream);
        if (!sent && System.nanoTime() - beatAt >= 0) {
          stream.beat(source.position());
          sent = true;
        }
        if (sent) {
          beatAt = System.nanoTime() + heartbeat.toNanos();
        }
      }
    } finally {
      source.close();
    }
  }

  private Source liveIfPossible(Source source) throws Ended {
    if (source instanceof CatchUp behind) {
      Source live = feed.window().attach(behind.position());
      if (live != null) {
        // Closing takes a while, and the window moves on.
        Thread.startVirtualThread(behind::close);
        return live;
      }
    }
    return source;
  }

  private Duration patience() {
    Duration left = Duration.between(Instant.now(), until);
    return left.compareTo(heartbeat) < 0 ? left : heartbeat;
  }

  private boolean send(Position from, List<ChangeEvent> events, Stream stream)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<Stream.Sent> sent = new ArrayList<>();
    Position position = from;
    for (ChangeEvent event : events) {
      position = position.after(event);
      if (wanted.test(event)) {
        sent.add(new Stream.Sent(event, position));
      }
    }
    if (sent.isEmpty()) {
      return false;
    }
    stream.send(sent);
    return true;
  }
}
