package dev.perch.inventory;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Blocking transactions, for loops that run on threads of their own. */
@ApplicationScoped
public class Database {
  private static final String DEADLOCK = "40P01";
  private static final int ATTEMPTS = 3;

  private final DataSource source;

  Database(DataSource source) {
    this.source = source;
  }

  /** What is done in a transaction; it may be done again, when the first one came to nothing. */
  @FunctionalInterface
  public interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  /**
   * Commits when the work returns, rolls back when it throws. Whoever is chosen to end a deadlock
   * tries again.
   */
  public <T> T transaction(Work<T> work) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(work);
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !DEADLOCK.equals(e.getSQLState())) {
          throw e;
        }
      }
    }
  }

  private <T> T once(Work<T> work) throws SQLException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.in(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        connection.rollback();
        throw e;
      }
    }
  }
}
