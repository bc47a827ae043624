package dev.perch.kit.inbox;

import dev.perch.contract.Topic;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Drops what nobody can meet again: markers of deletions whose tombstones are gone, and letters
 * that are no longer on their topic.
 */
final class Forgetting {
  /** A tombstone lives a while longer than its retention: until its segment is cleaned. */
  private static final Duration MARKERS = Topic.RETENTION.plusDays(7);

  private static final String VERSIONS =
      "delete from inbox_version where deleted_at < now() - make_interval(secs => ?)";
  private static final String LETTERS =
      "delete from inbox_letter where rejected_at < now() - make_interval(secs => ?)";

  private final Transactions transactions;

  Forgetting(Transactions transactions) {
    this.transactions = transactions;
  }

  void run() throws SQLException {
    delete(VERSIONS, MARKERS);
    delete(LETTERS, Topic.RETENTION);
  }

  private void delete(String sql, Duration age) throws SQLException {
    transactions.run(
        connection -> {
          try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setDouble(1, age.toSeconds());
            return delete.executeUpdate();
          }
        });
  }
}
