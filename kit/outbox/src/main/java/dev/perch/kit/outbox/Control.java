package dev.perch.kit.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What all replicas of a service must agree on: whose turn it is, the epoch, the halt. */
record Control(long epoch, boolean halted) {

  /** The advisory lock whose holder may publish; "perch" and a number. */
  static final long RELAY_LOCK = 0x7065726368_01L;

  /** The advisory lock whose holder audits. */
  static final long AUDIT_LOCK = 0x7065726368_02L;

  static Control read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select epoch, halted from outbox_control")) {
      row.next();
      return new Control(row.getLong(1), row.getBoolean(2));
    }
  }

  /** Has every relay stop before its next batch. */
  static void halt(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("update outbox_control set halted = true");
    }
  }

  /** Waits for the relay's batch to end and keeps it from the next until the transaction ends. */
  static void holdRelay(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
      lock.setLong(1, RELAY_LOCK);
      lock.execute();
    }
  }

  /**
   * Begins a new epoch, above every one that was ever published, and ends the halt. Changes that
   * wait belong to the new epoch: they were made by the database that is valid from now on.
   *
   * @param published the highest epoch on the topics
   */
  static long raiseEpoch(Connection connection, long published) throws SQLException {
    holdRelay(connection);
    try (PreparedStatement raise =
            connection.prepareStatement(
                """
                update outbox_control set epoch = greatest(epoch, ?) + 1, halted = false
                returning epoch
                """);
        Statement waiting = connection.createStatement()) {
      raise.setLong(1, published);
      try (ResultSet row = raise.executeQuery()) {
        row.next();
        long epoch = row.getLong(1);
        for (String table : new String[] {"outbox", "outbox_set_aside"}) {
          waiting.executeUpdate(
              "update " + table + " set epoch = (select epoch from outbox_control)");
        }
        return epoch;
      }
    }
  }
}
