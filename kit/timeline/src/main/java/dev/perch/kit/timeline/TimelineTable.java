package dev.perch.kit.timeline;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;

/** Writes rows of the timeline in a blocking transaction. */
final class TimelineTable {
  private static final String INSERT =
      """
      insert into timeline (resource_id, at, version, kind, what, actor, operation, reason, state)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private TimelineTable() {}

  static void insert(Connection connection, List<TimelineRow> rows) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (TimelineRow row : rows) {
        insert.setObject(1, row.resourceId);
        insert.setObject(2, row.at.atOffset(ZoneOffset.UTC));
        insert.setLong(3, row.version);
        insert.setString(4, row.kind);
        insert.setString(5, row.what);
        insert.setString(6, row.actor);
        insert.setString(7, row.operation);
        insert.setString(8, row.reason);
        insert.setString(9, row.state);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
