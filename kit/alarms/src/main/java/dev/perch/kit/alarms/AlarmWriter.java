package dev.perch.kit.alarms;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes alarms on a thread of its own, so that whoever raises one neither waits nor fails: the
 * database that is away may be what the alarm is about. Meanwhile it keeps the newest per identity.
 */
final class AlarmWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmWriter.class);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final AlarmBook book;
  private final Duration retry;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Wanted.Identity, Wanted> pending = new LinkedHashMap<>();
  private final Thread thread;
  private boolean closing;

  /**
   * @param retry how long to wait after the database failed
   */
  AlarmWriter(AlarmBook book, Duration retry) {
    this.book = book;
    this.retry = retry;
    thread = Thread.ofVirtual().name("alarm-writer").start(this::run);
  }

  void put(Wanted wanted) {
    lock.lock();
    try {
      // An older one of the same identity is forgotten; its place in the line is kept.
      pending.put(wanted.identity(), wanted);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (Wanted next = first(); next != null; next = first()) {
        write(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Wanted next) throws InterruptedException {
    try {
      next.into(book);
      done(next);
    } catch (SQLException e) {
      if (isForGood(e)) {
        drop(next, e);
      } else {
        LOG.atWarn()
            .addKeyValue("alarm", next.identity().alarmId())
            .addKeyValue("reason", e.getMessage())
            .log("Alarm could not be written; it is kept and tried again");
        pause();
      }
    } catch (RuntimeException e) {
      drop(next, e);
    }
  }

  /** The row itself is refused: the next try would be, too, and hold up all others. */
  private static boolean isForGood(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("22") || state.startsWith("23"));
  }

  private void drop(Wanted wanted, Exception why) {
    LOG.atError()
        .setCause(why)
        .addKeyValue("alarm", wanted.identity().alarmId())
        .addKeyValue("entity", wanted.identity().entity())
        .log("Alarm was refused and is lost");
    done(wanted);
  }

  /** Waits for the next; null when it is time to end. */
  private @Nullable Wanted first() throws InterruptedException {
    lock.lock();
    try {
      while (pending.isEmpty() && !closing) {
        changed.await();
      }
      return pending.isEmpty() ? null : pending.values().iterator().next();
    } finally {
      lock.unlock();
    }
  }

  /** A newer one that came in the meantime stays. */
  private void done(Wanted written) {
    lock.lock();
    try {
      pending.remove(written.identity(), written);
    } finally {
      lock.unlock();
    }
  }

  private void pause() throws InterruptedException {
    lock.lock();
    try {
      long left = retry.toNanos();
      while (left > 0 && !closing) {
        left = changed.awaitNanos(left);
      }
      if (closing) {
        throw new InterruptedException("closing while the database is away");
      }
    } finally {
      lock.unlock();
    }
  }

  /** Writes what is pending if the database lets it. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (!thread.join(LAST_WORDS)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
