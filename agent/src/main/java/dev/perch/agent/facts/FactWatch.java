package dev.perch.agent.facts;

import dev.perch.contract.facts.Facet;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every facet when the kernel says that something about it has changed, and now and then
 * anyway, one after the other. A facet about which the kernel talks much while nothing changes is
 * looked at less and less often, down to every five seconds.
 */
public final class FactWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(FactWatch.class);

  /** How long a change may settle: an interface that goes down tells it in several messages. */
  private static final Duration SETTLE = Duration.ofMillis(20);

  private static final Duration CLOSEST = Duration.ofMillis(100);
  private static final Duration WIDEST = Duration.ofSeconds(5);

  /** When a facet is due, and how soon after another look it may be looked at again. */
  private static final class Turn {
    private final Duration period;
    private long due;
    private long last;
    private Duration spacing = CLOSEST;

    Turn(Duration period, long now) {
      this.period = period;
      this.due = now;
      this.last = now - WIDEST.toNanos();
    }
  }

  private final FactBook book;
  private final RandomGenerator random;
  private final Map<Facet, Turn> turns = new EnumMap<>(Facet.class);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition earlier = lock.newCondition();

  public FactWatch(FactBook book, RandomGenerator random) {
    this.book = book;
    this.random = random;
    long now = System.nanoTime();
    for (Facet facet : Facet.values()) {
      turns.put(facet, new Turn(period(facet), now));
    }
  }

  /** How often a facet is looked at when nobody says that it has changed. */
  private static Duration period(Facet facet) {
    return switch (facet) {
      case TOPOLOGY -> Duration.ofSeconds(30);
      case MEMORY, NUMA, RUNTIME, TIME -> Duration.ofMinutes(1);
      case NETWORK, DISKS -> Duration.ofMinutes(5);
      case IDENTITY, CPU, KERNEL, VIRTUALISATION, SECURITY -> Duration.ofMinutes(10);
    };
  }

  /** Something about the facet may have changed. */
  public void touch(Facet facet) {
    lock.lock();
    try {
      Turn turn = turn(facet);
      long soonest =
          Math.max(System.nanoTime() + SETTLE.toNanos(), turn.last + turn.spacing.toNanos());
      if (soonest - turn.due < 0) {
        turn.due = soonest;
        earlier.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Until it is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        Facet facet = awaitNext();
        done(facet, refresh(facet));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A disk that takes nothing now must not end the looking. */
  private boolean refresh(Facet facet) throws InterruptedException {
    try {
      return book.refresh(facet);
    } catch (UncheckedIOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LOG.atError().addKeyValue("facet", facet.word()).setCause(e).log("A facet cannot be kept");
      return false;
    }
  }

  /** Takes the facet that is due; a touch from now on makes it due again. */
  private Facet awaitNext() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Facet next = Facet.IDENTITY;
        for (Facet facet : turns.keySet()) {
          if (turn(facet).due - turn(next).due < 0) {
            next = facet;
          }
        }
        long wait = turn(next).due - System.nanoTime();
        if (wait <= 0) {
          plan(turn(next));
          return next;
        }
        var _ = earlier.awaitNanos(wait);
      }
    } finally {
      lock.unlock();
    }
  }

  private void plan(Turn turn) {
    long period = turn.period.toNanos();
    turn.last = System.nanoTime();
    turn.due = turn.last + random.nextLong(period * 9 / 10, period * 11 / 10);
  }

  private void done(Facet facet, boolean changed) {
    lock.lock();
    try {
      Turn turn = turn(facet);
      Duration twice = turn.spacing.multipliedBy(2);
      boolean quiet = System.nanoTime() - turn.last > TimeUnit.SECONDS.toNanos(30);
      turn.spacing = changed || quiet ? CLOSEST : twice.compareTo(WIDEST) < 0 ? twice : WIDEST;
    } finally {
      lock.unlock();
    }
  }

  private Turn turn(Facet facet) {
    return Objects.requireNonNull(turns.get(facet));
  }
}
