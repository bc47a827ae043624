package dev.perch.bench.spine;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A transaction somebody forgot: as long as it is open, no row that was deleted after it began can
 * be vacuumed, and a queue table fills with dead rows.
 */
final class OldTransaction implements AutoCloseable {
  private final Connection connection;

  OldTransaction(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local idle_in_transaction_session_timeout = 0");
      statement.execute("select count(*) from outbox_control");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
