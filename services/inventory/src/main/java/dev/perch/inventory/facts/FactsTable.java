package dev.perch.inventory.facts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What the tables say that is wrong with facts. */
final class FactsTable {
  private static final String STALE =
      """
      select h.id::text, h.site_id
      from host h
        join link_session l on l.host_id = h.id and l.presence = 'PRESENT' and l.judge_at is null
          and l.opened_at < now() - make_interval(secs => ?)
        left join host_facts f on f.host_id = h.id
      where f.confirmed_at is null or f.confirmed_at < now() - make_interval(secs => ?)
      """;

  private static final String UNSYNCHRONISED =
      """
      select h.id::text, h.site_id
      from host h join host_report r on r.host_id = h.id and r.kind = 'facet' and r.name = 'time'
      where r.state::jsonb #>> '{time,synchronised}' = 'false'
      """;

  private static final String FLAPPING =
      """
      select c.host_id || '/' || c.interface, h.site_id
      from host_link_change c join host h on h.id = c.host_id
      where c.at > now() - make_interval(secs => ?)
      group by c.host_id, c.interface, h.site_id having count(*) >= ?
      """;

  /** Of interfaces that have been quiet for long nothing is kept. */
  private static final String FORGET =
      "delete from host_link_change where at < now() - make_interval(secs => ?)";

  private static final String CHANGED =
      """
      select distinct host_id || '/' || interface from host_link_change
      where at > now() - make_interval(secs => ?)
      """;

  private static final String ACTIVE =
      "select entity from alarm where alarm_id = ? and cleared_at is null";

  private FactsTable() {}

  /** Something that is wrong, and the site it is wrong at. */
  record Wrong(String entity, UUID site) {}

  static List<Wrong> stale(Connection connection, Duration after) throws SQLException {
    return wrong(connection, STALE, seconds(after), seconds(after));
  }

  static List<Wrong> unsynchronised(Connection connection) throws SQLException {
    return wrong(connection, UNSYNCHRONISED);
  }

  static List<Wrong> flapping(Connection connection, Duration window, int changes)
      throws SQLException {
    return wrong(connection, FLAPPING, seconds(window), changes);
  }

  /** Interfaces that have changed within the window. */
  static List<String> changed(Connection connection, Duration window) throws SQLException {
    return column(connection, CHANGED, seconds(window));
  }

  static void forget(Connection connection, Duration window) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setDouble(1, seconds(window));
      delete.executeUpdate();
    }
  }

  /** What alarms of a kind are about now. */
  static List<String> active(Connection connection, String alarm) throws SQLException {
    return column(connection, ACTIVE, alarm);
  }

  private static List<Wrong> wrong(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement select = prepared(connection, sql, values);
        ResultSet row = select.executeQuery()) {
      List<Wrong> all = new ArrayList<>();
      while (row.next()) {
        all.add(new Wrong(row.getString(1), row.getObject(2, UUID.class)));
      }
      return all;
    }
  }

  private static List<String> column(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement select = prepared(connection, sql, values);
        ResultSet row = select.executeQuery()) {
      List<String> all = new ArrayList<>();
      while (row.next()) {
        all.add(row.getString(1));
      }
      return all;
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement select = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      select.setObject(i + 1, values[i]);
    }
    return select;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
