package dev.perch.kit.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What the database says when a relay begins a batch.
 *
 * @param mine whether this relay may publish until its transaction ends
 * @param halted whether nobody may
 * @param released counts releases of rows set aside, which put low ids back
 * @param sending the last row any relay began to send
 * @param sent the last row any relay sent and deleted
 * @param setAside whether keys wait
 */
record Turn(
    boolean mine, boolean halted, long released, long sending, long sent, boolean setAside) {

  private static final String BEGIN =
      """
      select pg_try_advisory_xact_lock(?), halted, released,
             sending.last_value, sent.last_value, exists (select from outbox_set_aside)
      from outbox_control, outbox_sending sending, outbox_sent sent
      """;

  static Turn begin(Connection connection) throws SQLException {
    try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
      begin.setLong(1, Control.RELAY_LOCK);
      try (ResultSet row = begin.executeQuery()) {
        row.next();
        return new Turn(
            row.getBoolean(1),
            row.getBoolean(2),
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            row.getBoolean(6));
      }
    }
  }

  /**
   * Whether a relay whose batch did not commit may have sent this row: it announced the row and
   * never told the end.
   */
  boolean mayHaveBeenSent(OutboxRow row) {
    return sending != sent && row.id() <= sending;
  }

  /** Tells other relays, at once, that rows up to this one are being sent. */
  static void announce(Connection connection, long last) throws SQLException {
    set(connection, "outbox_sending", last);
  }

  /** Tells other relays, at once, that rows up to this one are sent and deleted for good. */
  static void confirm(Connection connection, long last) throws SQLException {
    set(connection, "outbox_sent", last);
  }

  private static void set(Connection connection, String sequence, long value) throws SQLException {
    try (PreparedStatement set = connection.prepareStatement("select setval(?::regclass, ?)")) {
      set.setString(1, sequence);
      set.setLong(2, value);
      set.execute();
    }
  }
}
