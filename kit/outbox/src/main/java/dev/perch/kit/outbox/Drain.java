package dev.perch.kit.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** Waits for the relay to publish what the outbox holds. */
final class Drain {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Database database;
  private long published;

  Drain(Database database) {
    this.database = database;
  }

  /**
   * Returns when every row that is visible now is gone.
   *
   * @throws IllegalStateException if the relay publishes nothing for a minute
   */
  void await() throws SQLException, InterruptedException {
    long last = database.transaction(Drain::last);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      long lowest = database.transaction(connection -> lowest(connection, last));
      if (lowest > last) {
        published = last;
        return;
      }
      if (lowest - 1 > published) {
        published = lowest - 1;
        deadline = System.nanoTime() + PATIENCE.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new IllegalStateException("The relay has published nothing for " + PATIENCE);
      }
      Thread.sleep(POLL);
    }
  }

  private static long last(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select last_value from outbox_id_seq");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The lowest id that is left; above {@code last} if none is. */
  private long lowest(Connection connection, long last) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select id from outbox where id > ? and id <= ? order by id limit 1")) {
      select.setLong(1, published);
      select.setLong(2, last);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : last + 1;
      }
    }
  }
}
