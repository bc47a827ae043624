package dev.perch.kit.timeline;

import dev.perch.kit.outbox.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows of the timeline. */
final class TimelineTable {
  private static final List<String> COLUMNS =
      List.of(
          "resource_id", "at", "version", "kind", "what", "actor", "operation", "reason", "state");

  private static final String INSERT =
      "insert into timeline (%s) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
          .formatted(String.join(", ", COLUMNS));

  private static final Outbox.Companion.Insert COMPANION =
      new Outbox.Companion.Insert("timeline", COLUMNS);

  private TimelineTable() {}

  /** A row that the change's statement writes. */
  static Outbox.Companion companion(TimelineRow row) {
    return new Outbox.Companion(COMPANION, values(row));
  }

  /** Rows in a blocking transaction. */
  static void insert(Connection connection, List<TimelineRow> rows) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (TimelineRow row : rows) {
        List<@Nullable Object> values = values(row);
        for (int i = 0; i < values.size(); i++) {
          insert.setObject(i + 1, values.get(i));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static List<@Nullable Object> values(TimelineRow row) {
    return Arrays.asList(
        row.resourceId,
        row.at.atOffset(ZoneOffset.UTC),
        row.version,
        row.kind,
        row.what,
        row.actor,
        row.operation,
        row.reason,
        row.state);
  }
}
