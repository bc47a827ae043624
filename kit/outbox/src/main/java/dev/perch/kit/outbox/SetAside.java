package dev.perch.kit.outbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows the broker refused for good, and every later row of their keys: order is kept by waiting.
 * They keep their ids, so that a release puts them back where they were.
 */
final class SetAside {
  static final String ALARM = "outbox-row-refused";

  private static final String FOLLOWS = "Follows a row that was refused";

  private final Database database;
  private final Doorbell relay;
  private final Troubles troubles;

  SetAside(Database database, Doorbell relay, Troubles troubles) {
    this.database = database;
    this.relay = relay;
    this.troubles = troubles;
  }

  /** A key that waits, and why. */
  record Waiting(String topic, String key, long rows, String reason) {}

  /** The keys that wait, oldest first. */
  List<Waiting> list() throws SQLException {
    return database.transaction(
        connection -> {
          List<Waiting> waiting = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet rows =
                  statement.executeQuery(
                      """
                      select state_topic, key, count(*), (array_agg(reason order by id))[1]
                      from outbox_set_aside group by state_topic, key order by min(id) limit 1000
                      """)) {
            while (rows.next()) {
              waiting.add(
                  new Waiting(
                      rows.getString(1), rows.getString(2), rows.getLong(3), rows.getString(4)));
            }
          }
          return waiting;
        });
  }

  /**
   * Puts a key's rows back to be published, before all later rows of the key.
   *
   * @return how many rows
   */
  int release(String topic, String key) throws SQLException {
    int released = database.transaction(connection -> release(connection, topic, key));
    if (released > 0) {
      troubles.clear(ALARM, new Subject(topic, key).toString());
      relay.ring();
    }
    return released;
  }

  private static int release(Connection connection, String topic, String key) throws SQLException {
    Control.holdRelay(connection);
    try (PreparedStatement back =
            connection.prepareStatement(
                """
                with back as (
                  delete from outbox_set_aside where state_topic = ? and key = ? returning %1$s)
                insert into outbox (%1$s) overriding system value select %1$s from back
                """
                    .formatted(OutboxRow.COLUMNS));
        Statement tell = connection.createStatement()) {
      back.setString(1, topic);
      back.setString(2, key);
      tell.executeUpdate("update outbox_control set released = released + 1");
      return back.executeUpdate();
    }
  }

  /**
   * Moves the rows whose keys wait already, in the relay's transaction.
   *
   * @return the others
   */
  static List<OutboxRow> moveFollowers(Connection connection, List<OutboxRow> rows)
      throws SQLException {
    Set<Subject> waiting = subjects(connection);
    Map<OutboxRow, String> followers = new LinkedHashMap<>();
    List<OutboxRow> others = new ArrayList<>();
    for (OutboxRow row : rows) {
      if (waiting.contains(row.subject())) {
        followers.put(row, FOLLOWS);
      } else {
        others.add(row);
      }
    }
    move(connection, followers);
    return others;
  }

  private static Set<Subject> subjects(Connection connection) throws SQLException {
    Set<Subject> subjects = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select distinct state_topic, key from outbox_set_aside")) {
      while (rows.next()) {
        subjects.add(new Subject(rows.getString(1), rows.getString(2)));
      }
    }
    return subjects;
  }

  /**
   * The rows of a batch that must wait, with why: those refused, and those behind them of the same
   * keys, even if the broker took them, because they have to follow.
   *
   * @param refused reasons by row id
   */
  static Map<OutboxRow, String> waiting(List<OutboxRow> batch, Map<Long, String> refused) {
    Set<Subject> subjects = new HashSet<>();
    Map<OutboxRow, String> waiting = new LinkedHashMap<>();
    for (OutboxRow row : refused.isEmpty() ? List.<OutboxRow>of() : batch) {
      String reason = refused.get(row.id());
      if (subjects.contains(row.subject())) {
        waiting.put(row, FOLLOWS);
      } else if (reason != null) {
        subjects.add(row.subject());
        waiting.put(row, reason);
      }
    }
    return waiting;
  }

  /** Moves rows from the outbox, in the relay's transaction. */
  static void move(Connection connection, Map<OutboxRow, String> waiting) throws SQLException {
    if (waiting.isEmpty()) {
      return;
    }
    try (PreparedStatement move =
        connection.prepareStatement(
            """
            with moved as (delete from outbox where id = any(?) returning %1$s)
            insert into outbox_set_aside (%1$s, reason)
            select moved.*, why.reason
            from moved join unnest(?::bigint[], ?::text[]) as why (row, reason) on why.row = id
            """
                .formatted(OutboxRow.COLUMNS))) {
      Array ids = connection.createArrayOf("bigint", ids(waiting.keySet()));
      move.setArray(1, ids);
      move.setArray(2, ids);
      move.setArray(3, connection.createArrayOf("text", waiting.values().toArray()));
      move.executeUpdate();
    }
  }

  /** Raises the alarm of each key whose row was refused; not in a transaction. */
  static void report(Map<OutboxRow, String> waiting, Troubles troubles) {
    waiting.forEach(
        (row, reason) -> {
          if (!reason.equals(FOLLOWS)) {
            troubles.raise(ALARM, row.subject().toString(), reason);
          }
        });
  }

  private static Object[] ids(Collection<OutboxRow> rows) {
    return rows.stream().map(OutboxRow::id).toArray();
  }
}
