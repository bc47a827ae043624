package dev.perch.kit.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/** Runs work in a transaction of its own. */
final class Transactions {

  /** What is done in the transaction. */
  @FunctionalInterface
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /** A database that does not answer for this long is away, though its socket may look well. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private static final Executor SAME_THREAD = Runnable::run;

  private final DataSource database;

  Transactions(DataSource database) {
    this.database = database;
  }

  <T> T run(Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      int usual = connection.getNetworkTimeout();
      connection.setNetworkTimeout(SAME_THREAD, (int) SILENCE.toMillis());
      connection.setAutoCommit(false);
      try {
        T result = work.in(connection);
        connection.commit();
        return result;
      } catch (Throwable e) {
        rollBack(connection, e);
        throw e;
      } finally {
        if (!connection.isClosed()) {
          connection.setNetworkTimeout(SAME_THREAD, usual);
        }
      }
    }
  }

  private static void rollBack(Connection connection, Throwable why) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }
}
