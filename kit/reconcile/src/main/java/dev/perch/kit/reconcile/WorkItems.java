package dev.perch.kit.reconcile;

import dev.perch.kit.outbox.Doorbell;
import dev.perch.kit.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Wakes keys. A wake is part of its caller's transaction, so it is there if and only if what it is
 * about is. It makes a row, or makes a row due now; while the row is worked on, it leaves the lease
 * alone and has the row due again as soon as that work ends.
 *
 * <p>Lock the rows of your resources before you wake their keys, so that no two transactions wait
 * for each other.
 */
public final class WorkItems {
  private static final String WAKE =
      """
      insert into work_item as item (queue, key) values (?1, ?2)
      on conflict (queue, key) do update set
        wanted = item.wanted + 1,
        due_at = case when item.owner is null then least(item.due_at, excluded.due_at)
                      else item.due_at end
      """;

  private static final String FIND =
      "select owner is not null, due_at, attempt, last_error from work_item"
          + " where queue = ? and key = ?";

  private static final String HELD =
      "select 1 from work_item where queue = ? and key = ? and fence = ? for no key update";

  private final Outbox outbox;
  private final Map<String, Doorbell> bells = new ConcurrentHashMap<>();

  public WorkItems(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * Wakes a key in the session's transaction. In {@link dev.perch.kit.outbox.Transactions#run} this
   * process looks at the queue as soon as that has committed.
   */
  public Uni<Void> wake(Mutiny.StatelessSession session, String queue, String key) {
    return session
        .createNativeQuery(WAKE)
        .setParameter(1, queue)
        .setParameter(2, key)
        .executeUpdate()
        .invoke(() -> outbox.afterCommit(session, bell(queue)::ring))
        .replaceWithVoid();
  }

  /** As {@link #wake}, in a blocking transaction; call {@link #ring} after its commit. */
  public void wake(Connection connection, String queue, Set<String> keys) throws SQLException {
    // JDBC numbers its parameters by their places; each occurs once, in order.
    try (PreparedStatement wake = connection.prepareStatement(WAKE.replaceAll("\\?\\d+", "?"))) {
      // In one order, so that two transactions that wake the same keys do not wait for each other.
      for (String key : new TreeSet<>(keys)) {
        wake.setString(1, queue);
        wake.setString(2, key);
        wake.addBatch();
      }
      wake.executeBatch();
    }
  }

  /** How far the work on a key is; empty if there is nothing to do. */
  public Optional<WorkItem> find(Connection connection, String queue, String key)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setString(1, queue);
      select.setString(2, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new WorkItem(
                    row.getBoolean(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getInt(3),
                    row.getString(4)))
            : Optional.empty();
      }
    }
  }

  /** Has this process look at the queue now instead of within a second. */
  public void ring(String queue) {
    bell(queue).ring();
  }

  /**
   * Nobody claims the key before this transaction ends. The last thing a transaction does that
   * writes what a worker found.
   *
   * @throws LeaseLostException if somebody else has claimed it
   */
  public void requireHeld(Connection connection, Claim claim) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(HELD)) {
      select.setString(1, claim.queue());
      select.setString(2, claim.key());
      select.setLong(3, claim.fence());
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          claim.lost();
          throw new LeaseLostException(claim);
        }
      }
    }
  }

  Doorbell bell(String queue) {
    return bells.computeIfAbsent(queue, name -> new Doorbell());
  }
}
