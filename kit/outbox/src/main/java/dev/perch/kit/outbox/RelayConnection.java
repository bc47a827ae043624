package dev.perch.kit.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay's connection: one that a lost node cannot hold for long, on either side, and whose
 * scans follow the primary key whatever the statistics of an always changing table say.
 */
final class RelayConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RelayConnection.class);

  /** A read that takes longer means that the database is lost. Longer than any timeout of its. */
  private static final Duration LOST = Duration.ofSeconds(20);

  private static final String SETTINGS =
      """
      set application_name = 'perch-outbox-relay';
      set tcp_keepalives_idle = 5;
      set tcp_keepalives_interval = 2;
      set tcp_keepalives_count = 3;
      set idle_in_transaction_session_timeout = '15s';
      set enable_seqscan = off;
      set enable_bitmapscan = off
      """;

  private final Connection connection;

  private RelayConnection(Connection connection) {
    this.connection = connection;
  }

  static RelayConnection open(DataSource database) throws SQLException {
    RelayConnection opened = new RelayConnection(database.getConnection());
    try {
      opened.prepare();
      return opened;
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
  }

  private void prepare() throws SQLException {
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(LOST.toMillis()));
    try (Statement statement = connection.createStatement()) {
      statement.execute(SETTINGS);
    }
    connection.setAutoCommit(false);
  }

  Connection get() {
    return connection;
  }

  /** Gives it back as it was got, because it may come from a pool. */
  @Override
  public void close() {
    try (connection) {
      if (!connection.isClosed()) {
        connection.rollback();
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
          statement.execute("reset all");
        }
        connection.setNetworkTimeout(Runnable::run, 0);
      }
    } catch (SQLException e) {
      LOG.atDebug().setCause(e).log("The relay's connection was lost before it was closed");
    }
  }
}
