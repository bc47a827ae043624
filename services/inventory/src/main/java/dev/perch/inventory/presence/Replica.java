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
  /** How many reconnect windows hosts have at most, however far replicas are behind. */
  static final int WINDOWS = 3;

  private static final String BEAT =
      """
      update link_replica set seen_at = now(), behind_at = case when ? then now() else behind_at end
      where id = ?
      """;

  private static final String JOIN =
      """
      insert into link_replica (id, started_at, seen_at, behind_at) values (?, now(), now(), now())
      on conflict (id) do update set seen_at = now(), behind_at = now()
      """;

  /** It was held for dead and is not: whoever is connected is not to be judged. */
  private static final String KEEP =
      "update link_session set judge_at = null, silent_since = null"
          + " where replica = ? and judge_at is not null and presence = 'PRESENT'";

  private static final String BURY =
      "delete from link_replica where seen_at < now() - make_interval(secs => ?)";

  private static final String LEAVE = "delete from link_replica where id = ?";

  /**
   * Whom nobody watches any more. Whose silence has not begun was let in, and may not be written
   * down as heard yet. One that is locked is just let in by another replica.
   */
  private static final String ORPHANS =
      """
      update link_session set judge_at = now() + make_interval(secs => ?),
        silent_since = coalesce(silent_since, now())
      where host_id in (
        select s.host_id from link_session s
        where s.judge_at is null
          and (s.presence in ('PRESENT', 'DEGRADED')
            or s.presence = 'UNKNOWN' and s.silent_since is null)
          and not exists (select from link_replica r where r.id = s.replica)
        for update of s skip locked)
      """;

  /** Hosts that are to be judged since their site returned, and were overlooked then. */
  private static final String UNKNOWNS =
      """
      update link_session set judge_at = now() + make_interval(secs => ?), silent_since = null
      where host_id in (
        select l.host_id from link_session l join site s on s.id = l.site_id
        where l.judge_at is null and l.presence = 'UNKNOWN' and l.silent_since is not null
          and s.unreachable_since is null
        for update of l skip locked)
      """;

  /** While a replica is behind, a host that has not connected may be waiting at its door. */
  private static final String DUE =
      """
      select host_id, site_id, number,
        extract(epoch from now() - coalesce(silent_since, judge_at))
      from link_session
      where judge_at <= now() and (
        judge_at <= now() - make_interval(secs => ?)
        or not exists (select from link_replica where behind_at > now() - interval '3 seconds'))
      order by judge_at limit 500
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

  /**
   * It lives.
   *
   * @param behind it does not keep up with its agents
   */
  void beat(Connection connection, boolean behind) throws SQLException {
    if (seen(connection, behind) == 0) {
      update(connection, JOIN, id);
      update(connection, KEEP, id);
    }
  }

  private int seen(Connection connection, boolean behind) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(BEAT)) {
      update.setBoolean(1, behind);
      update.setObject(2, id);
      return update.executeUpdate();
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
    update(connection, UNKNOWNS, window.toMillis() / 1e3);
  }

  /** It ends on purpose. */
  void leave(Connection connection) throws SQLException {
    update(connection, LEAVE, id);
    orphan(connection);
  }

  /** Hosts whose time is over. */
  List<Transition> due(Connection connection) throws SQLException {
    List<Transition> due = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(DUE)) {
      select.setDouble(1, window.toMillis() * (WINDOWS - 1) / 1e3);
      try (ResultSet rows = select.executeQuery()) {
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
