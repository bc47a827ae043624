package dev.perch.kit.reconcile;

import dev.perch.kit.outbox.Doorbell;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works on one queue: claims as much as it has places for, a virtual thread for each key. */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** A due row may be locked by whoever wakes it; it is not asked for without a pause. */
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(20);

  private static final Duration WRITE_AGAIN = Duration.ofMillis(200);
  private static final int MOST_AT_ONCE = 200;

  private final WorkQueue queue;
  private final WorkTable table;
  private final Doorbell bell;
  private final Leases leases;
  private final Endings endings;
  private final Pace pace;
  private final WorkMeters meters;
  private final Semaphore places;
  private final Thread thread;
  private volatile boolean stopping;
  private boolean failing;
  private boolean idle;

  Worker(
      WorkQueue queue,
      WorkTable table,
      Doorbell bell,
      Leases leases,
      Pace pace,
      WorkMeters meters) {
    this.queue = queue;
    this.table = table;
    this.bell = bell;
    this.leases = leases;
    this.endings = new Endings(table, bell);
    this.pace = pace;
    this.meters = meters;
    this.places = new Semaphore(queue.parallelism());
    this.thread = Thread.ofVirtual().name("work-" + queue.name()).unstarted(this::loop);
  }

  void start() {
    thread.start();
  }

  /** Claims nothing more; what is being worked on goes on. */
  void stop() {
    stopping = true;
    bell.ring();
  }

  private void loop() {
    try {
      while (!stopping) {
        places.acquire();
        if (!stopping) {
          round(1 + places.drainPermits());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round(int free) {
    int wanted = Math.min(free, MOST_AT_ONCE);
    int begun = 0;
    @Nullable Duration wait = null;
    try {
      long start = System.nanoTime();
      // Where nothing was due, asking whether anything is costs less than trying to claim it.
      Duration due = idle ? untilDue() : Duration.ZERO;
      if (!due.isPositive()) {
        List<Claim> claims = table.claim(queue.name(), wanted, pace.lease());
        claims.forEach(this::begin);
        begun = claims.size();
      }
      idle = begun < wanted;
      if (due.isPositive()) {
        wait = due;
      } else if (idle) {
        wait = untilDue();
      }
      meters.polled(System.nanoTime() - start);
      failing = false;
    } catch (SQLException e) {
      warnOnce(e);
      wait = pace.poll();
    } finally {
      places.release(free - begun);
    }
    if (wait != null && !stopping) {
      bell.await(wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait);
    }
  }

  /** Not positive if something is due; at most the time between two polls. */
  private Duration untilDue() throws SQLException {
    Duration due = table.nextDue(queue.name()).orElse(pace.poll());
    return due.compareTo(pace.poll()) < 0 ? due : pace.poll();
  }

  private void begin(Claim claim) {
    Thread work =
        Thread.ofVirtual()
            .name("work-" + queue.name() + "-", claim.fence())
            .unstarted(() -> work(claim));
    leases.add(claim, work);
    work.start();
  }

  private void work(Claim claim) {
    try {
      end(claim, attempt(claim));
    } catch (InterruptedException e) {
      // The lease is left to end by itself.
      Thread.currentThread().interrupt();
    } finally {
      leases.remove(claim);
      places.release();
    }
  }

  /** Null to hand the key back. */
  private @Nullable Outcome attempt(Claim claim) {
    try {
      return queue.reconciler().reconcile(claim);
    } catch (InterruptedException | LeaseLostException e) {
      return null;
    } catch (Throwable e) {
      // An interrupt breaks the connection that is being waited for. Everything else, also an
      // error, is tried again with back-off, and seen.
      return stopping || !claim.isHeld() ? null : failed(claim, e);
    }
  }

  private Outcome failed(Claim claim, Throwable thrown) {
    Outcome.Failed failed = Outcome.Failed.of(thrown);
    var line = failed.errorClass() == ErrorClass.INTERNAL ? LOG.atError() : LOG.atDebug();
    line.setCause(thrown)
        .addKeyValue("queue", claim.queue())
        .addKeyValue("key", claim.key())
        .log("Work failed and is tried again");
    return failed;
  }

  /** Writes back for as long as the lease lets it: work that succeeded is not done again. */
  private void end(Claim claim, @Nullable Outcome outcome) throws InterruptedException {
    var _ = Thread.interrupted();
    meters.attempted(outcome);
    while (claim.isHeld()) {
      try {
        if (!write(claim, outcome)) {
          meters.lost();
        } else if (!(outcome instanceof Outcome.Done)) {
          // It may be due sooner than what this process waits for.
          bell.ring();
        }
        return;
      } catch (SQLException e) {
        warnOnce(e);
        Thread.sleep(WRITE_AGAIN);
      }
    }
    meters.lost();
  }

  private boolean write(Claim claim, @Nullable Outcome outcome) throws SQLException {
    return switch (outcome) {
      case null -> table.handBack(claim);
      case Outcome.Done done -> endings.done(claim);
      default -> table.end(claim, outcome);
    };
  }

  private synchronized void warnOnce(SQLException e) {
    if (!failing) {
      failing = true;
      LOG.atWarn()
          .addKeyValue("queue", queue.name())
          .addKeyValue("fault", e.getMessage())
          .log("The work queue cannot be reached; it is tried again");
    }
  }
}
