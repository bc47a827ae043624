package dev.perch.kit.outbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The id below which no row of the outbox is left and none will appear, so that a scan need not
 * walk over deleted rows the database cannot remove yet. Without it a transaction held open for
 * minutes would make each batch step over everything published since.
 *
 * <p>Ids are assigned before their transactions commit, and a scan that skipped a row committed
 * late would publish a later version of the same key before it. So an id counts only once every
 * transaction that could still commit a lower one has ended. Such a transaction holds a lock on the
 * table since before it drew its id: the last id is read first, then the holders; when all of these
 * are gone, all ids up to that one are decided.
 *
 * <p>Knowledge of one database: make a new one with each connection, since a restored database
 * begins again with lower ids.
 */
final class LowWaterMark {
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private static final String LAST_ID =
      "select case when is_called then last_value else 0 end from outbox_id_seq";
  private static final String WRITERS =
      """
      select virtualtransaction from pg_locks
      where locktype = 'relation' and relation = 'outbox'::regclass
        and database = (select oid from pg_database where datname = current_database())
        and mode = 'RowExclusiveLock' and granted and pid <> pg_backend_pid()
      """;

  /** An id, and the transactions that may still commit a lower one. */
  private record Candidate(long id, Set<String> writers) {}

  private long mark;
  private long decided;
  private @Nullable Candidate candidate;
  private long observedAt = System.nanoTime() - INTERVAL.toNanos();

  /** No row has this id or a lower one. */
  long id() {
    return mark;
  }

  /**
   * Looks which transactions have ended; call it before the scan whose result is given to {@link
   * #scannedTo}.
   */
  void observe(Connection connection) throws SQLException {
    if (System.nanoTime() - observedAt < INTERVAL.toNanos()) {
      return;
    }
    observedAt = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      if (candidate != null) {
        if (!Collections.disjoint(candidate.writers(), writers(statement))) {
          return;
        }
        decided = candidate.id();
      }
      long last = lastId(statement);
      candidate = new Candidate(last, writers(statement));
    }
  }

  /** A scan from {@link #id} saw, and the caller removed, every visible row up to this id. */
  void scannedTo(long id) {
    mark = Math.max(mark, Math.min(decided, id));
  }

  /** A scan from {@link #id} saw no row. */
  void scannedToEnd() {
    scannedTo(decided);
  }

  /** The next scan begins at the bottom. */
  void forget() {
    mark = 0;
  }

  private static long lastId(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(LAST_ID)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Set<String> writers(Statement statement) throws SQLException {
    Set<String> writers = new HashSet<>();
    try (ResultSet rows = statement.executeQuery(WRITERS)) {
      while (rows.next()) {
        writers.add(rows.getString(1));
      }
    }
    return writers;
  }
}
