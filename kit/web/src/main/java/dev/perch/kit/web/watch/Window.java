package dev.perch.kit.web.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of a topic, in the order they arrived here. It is the one buffer that all
 * readers share: its bound is their bound, and a reader that falls out of it at the old end was too
 * slow. The writer never waits for a reader.
 */
final class Window {
  private static final int MOST_AT_ONCE = 256;

  /** Why a reader gets no more events from here; its cursor is good for another try. */
  enum End {
    TOO_SLOW("too slow; resume by your cursor"),
    RESTARTED("the log has begun anew; list again"),
    CLOSED("shutting down; resume by your cursor");

    final String words;

    End(String words) {
      this.words = words;
    }
  }

  /** Thrown to a reader that gets no more events. */
  static final class Ended extends Exception {
    private static final long serialVersionUID = 1;
    final End end;

    Ended(End end) {
      super(end.words, null, false, false);
      this.end = end;
    }
  }

  /** Reads on from a place. */
  private final class Reader implements Source {
    private final int itsLife;
    private long sequence;
    private Position position;

    private Reader(Position position) {
      this.itsLife = life;
      this.sequence = first;
      this.position = position;
      // Begins where it lacks something, as far as it can from the end where events drop out.
      while (sequence < last && has(get(sequence))) {
        sequence++;
      }
    }

    private boolean has(ChangeEvent event) {
      return event.offset() < position.next(event.partition());
    }

    @Override
    public Position position() {
      return position;
    }

    @Override
    public List<ChangeEvent> next(Duration patience) throws Ended, InterruptedException {
      long nanos = patience.toNanos();
      lock.lockInterruptibly();
      try {
        while (true) {
          check();
          List<ChangeEvent> fresh = take();
          if (!fresh.isEmpty() || nanos <= 0) {
            return fresh;
          }
          nanos = grown.awaitNanos(nanos);
        }
      } finally {
        lock.unlock();
      }
    }

    private void check() throws Ended {
      if (closed) {
        throw new Ended(End.CLOSED);
      }
      if (itsLife != life) {
        throw new Ended(End.RESTARTED);
      }
      if (sequence < first) {
        throw new Ended(End.TOO_SLOW);
      }
    }

    private List<ChangeEvent> take() {
      List<ChangeEvent> fresh = new ArrayList<>();
      while (sequence < last && fresh.size() < MOST_AT_ONCE) {
        ChangeEvent event = get(sequence++);
        if (!has(event)) {
          fresh.add(event);
          position = position.after(event);
        }
      }
      return fresh;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final long mostBytes;

  // Event number n, from first to before last, stands at n modulo the length.
  private final @Nullable ChangeEvent[] ring;
  private long first;
  private long last;
  private long bytes;
  private int life;
  private boolean closed;
  private @Nullable Position begin;
  private volatile @Nullable Position end;

  Window(int mostEvents, long mostBytes) {
    this.ring = new ChangeEvent[mostEvents];
    this.mostBytes = mostBytes;
  }

  /** Where the newest event ends; null until the topic was first seen. */
  @Nullable Position end() {
    return end;
  }

  /** Begins anew at a position; all readers end. */
  void restart(Uuid topic, long[] next) {
    lock.lock();
    try {
      life++;
      Arrays.fill(ring, null);
      first = last;
      bytes = 0;
      begin = new Position(topic, next);
      end = begin;
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Adds events; the oldest ones make room. */
  void append(List<ChangeEvent> more) {
    lock.lock();
    try {
      for (ChangeEvent event : more) {
        if (last - first == ring.length) {
          removeFirst();
        }
        ring[slot(last++)] = event;
        bytes += event.size();
        end = at(end).after(event);
      }
      while (bytes > mostBytes && last - first > 1) {
        removeFirst();
      }
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A reader that goes on after {@code position}; null when the window begins after it.
   *
   * @throws Ended when it never will have what follows
   */
  @Nullable Source attach(Position position) throws Ended {
    lock.lock();
    try {
      if (closed) {
        throw new Ended(End.CLOSED);
      }
      if (begin != null && !begin.topic().equals(position.topic())) {
        throw new Ended(End.RESTARTED);
      }
      return begin != null && position.covers(begin) ? new Reader(position) : null;
    } finally {
      lock.unlock();
    }
  }

  private void removeFirst() {
    ChangeEvent gone = get(first);
    ring[slot(first++)] = null;
    bytes -= gone.size();
    begin = at(begin).after(gone);
  }

  private ChangeEvent get(long number) {
    return Objects.requireNonNull(ring[slot(number)]);
  }

  private int slot(long number) {
    return (int) (number % ring.length);
  }

  private static Position at(@Nullable Position position) {
    return Objects.requireNonNull(position, "The window has no place yet");
  }
}
