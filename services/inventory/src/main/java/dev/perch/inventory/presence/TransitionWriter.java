package dev.perch.inventory.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes transitions on a thread of its own, several in one transaction. While the database is away
 * it keeps the newest of each host: what was in between was never true for long.
 */
final class TransitionWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TransitionWriter.class);
  private static final int BATCH = 32;
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Consumer<List<Transition>> book;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<UUID, Transition> pending = new LinkedHashMap<>();
  private final Thread thread;
  private boolean closing;

  /**
   * @param book writes transitions in one transaction; throws if it could not
   */
  TransitionWriter(Consumer<List<Transition>> book) {
    this.book = book;
    thread = Thread.ofVirtual().name("presence-writer").start(this::run);
  }

  void put(Transition transition) {
    lock.lock();
    try {
      pending.put(transition.host(), transition);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What was found by watching the host says more than a row does that may be older. */
  void putUnlessOther(Transition transition) {
    lock.lock();
    try {
      var _ = pending.putIfAbsent(transition.host(), transition);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      for (List<Transition> batch = next(); !batch.isEmpty(); batch = next()) {
        write(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<Transition> batch) throws InterruptedException {
    try {
      book.accept(batch);
    } catch (RuntimeException e) {
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("hosts", batch.size())
          .log("Presence could not be written; it is tried again");
      putBack(batch);
    }
  }

  /** Newer ones of the same hosts stay. */
  private void putBack(List<Transition> batch) throws InterruptedException {
    lock.lock();
    try {
      batch.forEach(transition -> pending.putIfAbsent(transition.host(), transition));
      long left = RETRY.toNanos();
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

  /** Waits for some; none when it is time to end. */
  private List<Transition> next() throws InterruptedException {
    lock.lock();
    try {
      while (pending.isEmpty() && !closing) {
        changed.await();
      }
      List<Transition> batch = new ArrayList<>(Math.min(BATCH, pending.size()));
      var entries = pending.values().iterator();
      while (entries.hasNext() && batch.size() < BATCH) {
        batch.add(entries.next());
        entries.remove();
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

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
