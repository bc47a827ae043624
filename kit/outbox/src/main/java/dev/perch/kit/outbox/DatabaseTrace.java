package dev.perch.kit.outbox;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What stays the same as long as nobody restarted, promoted or restored the database. */
record DatabaseTrace(String server, long database) {

  static DatabaseTrace read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select pg_postmaster_start_time()::text || ' ' || system_identifier, oid
                from pg_control_system(), pg_database where datname = current_database()
                """)) {
      row.next();
      return new DatabaseTrace(row.getString(1), row.getLong(2));
    }
  }
}
