package dev.perch.kit.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The service's database, one blocking transaction at a time. */
public record Database(DataSource source) {

  /** What is done in one transaction. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T in(Connection connection) throws SQLException;
  }

  /** What is changed in one transaction. */
  @FunctionalInterface
  public interface Task {
    void in(Connection connection) throws SQLException;
  }

  /** As {@link #transaction}, for work that has nothing to tell. */
  public void run(Task task) throws SQLException {
    transaction(
        connection -> {
          task.in(connection);
          return true;
        });
  }

  /** Commits what the work did, or rolls it back when it fails. */
  public <T extends @Nullable Object> T transaction(Work<T> work) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.in(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        rollback(connection, e);
        throw e;
      }
    }
  }

  /** Each statement of the work is a transaction. */
  public <T extends @Nullable Object> T each(Work<T> work) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return work.in(connection);
    }
  }

  private static void rollback(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
