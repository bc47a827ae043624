package dev.perch.kit.reconcile;

import dev.perch.kit.outbox.Doorbell;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes back what is done, many at a time: while one statement is under way, whatever is done
 * meanwhile waits for the next, and one of those that wait sends it. Who comes alone waits for
 * nobody.
 */
final class Endings {
  private final WorkTable table;
  private final Doorbell bell;
  private final Queue<Ending> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock sending = new ReentrantLock();

  Endings(WorkTable table, Doorbell bell) {
    this.table = table;
    this.bell = bell;
  }

  /**
   * @return false if the lease was lost, and nothing was written
   */
  boolean done(Claim claim) throws SQLException {
    Ending mine = new Ending(claim);
    waiting.add(mine);
    sending.lock();
    try {
      if (!mine.sent) {
        send();
      }
    } finally {
      sending.unlock();
    }
    if (mine.fault != null) {
      throw new SQLException(mine.fault);
    }
    return mine.written || woken(claim);
  }

  /** It is due again, or was locked for a moment, or the lease was lost. */
  private boolean woken(Claim claim) throws SQLException {
    boolean written = table.end(claim, new Outcome.Done());
    bell.ring();
    return written;
  }

  private void send() {
    List<Ending> batch = new ArrayList<>();
    for (Ending next = waiting.poll(); next != null; next = waiting.poll()) {
      batch.add(next);
    }
    try {
      Set<Long> written = table.done(batch.stream().map(ending -> ending.claim).toList());
      batch.forEach(ending -> ending.written = written.contains(ending.claim.fence()));
    } catch (SQLException e) {
      batch.forEach(ending -> ending.fault = e);
    }
    batch.forEach(ending -> ending.sent = true);
  }

  /** What one worker waits for; guarded by the lock. */
  private static final class Ending {
    final Claim claim;
    boolean sent;
    boolean written;
    @Nullable SQLException fault;

    Ending(Claim claim) {
      this.claim = claim;
    }
  }
}
