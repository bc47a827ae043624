package dev.perch.kit.reconcile;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process works on: renewed together, interrupted when it is lost. */
final class Leases {
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

  private final WorkTable table;
  private final Duration lease;
  private final Map<Claim, Work> working = new ConcurrentHashMap<>();

  Leases(WorkTable table, Duration lease) {
    this.table = table;
    this.lease = lease;
  }

  void add(Claim claim, Thread thread) {
    working.put(claim, new Work(thread));
  }

  void remove(Claim claim) {
    working.remove(claim);
  }

  /** One statement for all. What could not be renewed keeps what is left of its lease. */
  void renew() {
    List<Claim> held = working.keySet().stream().filter(Claim::isHeld).toList();
    if (held.isEmpty()) {
      return;
    }
    long until = System.nanoTime() + lease.toNanos();
    try {
      Set<Long> renewed = table.renew(held, lease);
      held.stream().filter(claim -> renewed.contains(claim.fence())).forEach(c -> c.renewed(until));
    } catch (SQLException e) {
      LOG.atWarn()
          .addKeyValue("leases", held.size())
          .addKeyValue("fault", e.getMessage())
          .log("Leases could not be renewed");
    }
  }

  /**
   * Stops work whose lease has ended; somebody else may have begun it. It is interrupted again
   * until it stops, for what it calls may have swallowed the first.
   */
  void interruptLost() {
    working.forEach(
        (claim, work) -> {
          if (!claim.isHeld()) {
            if (!work.lost) {
              work.lost = true;
              LOG.atWarn()
                  .addKeyValue("queue", claim.queue())
                  .addKeyValue("key", claim.key())
                  .log("Lease lost: the work is interrupted, and done again by who claims it next");
            }
            work.thread.interrupt();
          }
        });
  }

  void interruptAll() {
    working.values().forEach(work -> work.thread.interrupt());
  }

  boolean isEmpty() {
    return working.isEmpty();
  }

  /** Whether it is lost is only for the thread that looks. */
  private static final class Work {
    final Thread thread;
    boolean lost;

    Work(Thread thread) {
      this.thread = thread;
    }
  }
}
