package dev.perch.inventory.presence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * This process among those that take agents. Each says every second that it lives; the hosts of one
 * that does not, or that says goodbye, have the reconnect window to connect to another.
 */
public final class Replica {
  private static final String BEAT = "update link_replica set seen_at = now() where id = ?";

  private static final String JOIN =
      """
      insert into link_replica (id, started_at, seen_at) values (?, now(), now())
      on conflict (id) do update set seen_at = now()
      """;

  /** It was held for dead and is not: whoever is connected is not to be judged. */
  private static final String KEEP =
      "update link_session set judge_at = null, silent_since = null"
          + " where replica = ? and judge_at is not null and presence = 'PRESENT'";

  private static final String BURY =
      "delete from link_replica where seen_at < now() - make_interval(secs => ?)";

  private static final String LEAVE = "delete from link_replica where id = ?";

  private static final String ORPHANS =
      """
      update link_session s set judge_at = now() + make_interval(secs => ?),
        silent_since = coalesce(s.silent_since, now())
      where s.judge_at is null and s.presence in ('PRESENT', 'DEGRADED')
        and not exists (select from link_replica r where r.id = s.replica)
      """;

  private static final String DUE =
      """
      select host_id, site_id, number,
        extract(epoch from now() - coalesce(silent_since, judge_at))
      from link_session where judge_at <= now() order by judge_at limit 500
      """;

  private final UUID id = UUID.randomUUID();
  private final Duration deadAfter;
  private final Duration window;

  Replica(Duration deadAfter, Duration window) {
    this.deadAfter = deadAfter;
    this.window = window;
  }

  public UUID id() {
    return id;
  }

  /** It lives. */
  void beat(Connection connection) throws SQLException {
    if (update(connection, BEAT, id) == 0) {
      update(connection, JOIN, id);
      update(connection, KEEP, id);
    }
  }

  /** Gives the hosts of dead replicas the time to connect again. */
  void bury(Connection connection) throws SQLException {
    if (update(connection, BURY, deadAfter.toMillis() / 1e3) > 0) {
      orphan(connection);
    }
  }

  /** Also finds sessions that were opened while their replica said goodbye. */
  void orphan(Connection connection) throws SQLException {
    update(connection, ORPHANS, window.toMillis() / 1e3);
  }

  /** It ends on purpose. */
  void leave(Connection connection) throws SQLException {
    update(connection, LEAVE, id);
    orphan(connection);
  }

  /** Hosts whose time is over. */
  static List<Transition> due(Connection connection) throws SQLException {
    List<Transition> due = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(DUE);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        due.add(
            new Transition(
                rows.getObject(1, UUID.class),
                rows.getObject(2, UUID.class),
                rows.getLong(3),
                Presence.OFFLINE,
                Duration.ofMillis((long) (rows.getDouble(4) * 1000))));
      }
    }
    return due;
  }

  private static int update(Connection connection, String sql, Object parameter)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, parameter);
      return update.executeUpdate();
    }
  }
}
