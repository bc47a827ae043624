package dev.perch.kit.reconcile.operation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.perch.contract.operation.Operation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operation with what is known of its next attempt.
 *
 * @param nextDue when it is looked at next; absent while it is worked on, waits for another one or
 *     is at an end
 * @param attempt how often in a row it has failed
 * @param lastError what the last of these failures was
 * @param waitsFor the operation on the same target that comes first
 */
record Shown(
    @JsonUnwrapped Operation operation,
    @Nullable Instant nextDue,
    @Nullable Integer attempt,
    @Nullable LastError lastError,
    @Nullable UUID waitsFor) {

  /**
   * @param code the class of the error
   */
  record LastError(String code, String message, Instant at) {}

  private static final String WORK =
      """
      select case when owner is null then due_at end, attempt, last_error_class, last_error,
        failed_at
      from work_item where queue = ? and key = ?
      """;

  static Shown of(Connection connection, Kept kept) throws SQLException {
    if (kept.isFinished()) {
      return new Shown(kept.shown(), null, null, null, null);
    }
    UUID head = OperationTable.head(connection, kept.target()).map(Kept::id).orElse(kept.id());
    if (!head.equals(kept.id())) {
      return new Shown(kept.shown(), null, null, null, head);
    }
    try (PreparedStatement select = connection.prepareStatement(WORK)) {
      select.setString(1, Operations.QUEUE);
      select.setString(2, kept.target());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? of(kept, row) : new Shown(kept.shown(), null, null, null, null);
      }
    }
  }

  private static Shown of(Kept kept, ResultSet row) throws SQLException {
    OffsetDateTime due = row.getObject(1, OffsetDateTime.class);
    int failures = row.getInt(2);
    LastError error =
        row.getString(3) == null
            ? null
            : new LastError(
                row.getString(3),
                row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant());
    return new Shown(
        kept.shown(),
        due == null ? null : due.toInstant(),
        failures == 0 ? null : failures,
        error,
        null);
  }
}
