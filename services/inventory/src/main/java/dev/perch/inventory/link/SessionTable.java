package dev.perch.inventory.link;

import dev.perch.contract.link.LinkClose;
import dev.perch.inventory.notice.Notice;
import dev.perch.inventory.notice.Notices;
import dev.perch.inventory.presence.Presence;
import dev.perch.inventory.presence.PresenceConfig;
import dev.perch.kit.alarms.Alarms;
import dev.perch.kit.alarms.Finding;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sessions of hosts: opening the next one ends the one before, wherever it is. */
@ApplicationScoped
class SessionTable {
  private static final String BEFORE =
      """
      select s.host_id, s.instance, s.previous_instance, s.presence, s.address,
        s.replica is not null and s.replica <> ? and exists (
          select from link_replica r where r.id = s.replica),
        s.judge_at is not null
      from link_session s where s.host_id = any (?) order by s.host_id for update
      """;

  private static final String OPEN =
      """
      insert into link_session as s (host_id, site_id, number, replica, instance, protocol,
        agent_version, address, beat_every_millis, opened_at, presence)
      select h.id, h.site_id, 1, ?, n.instance, n.protocol, n.version, n.address,
        coalesce(site.beat_every_millis, ?), now(), 'UNKNOWN'
      from unnest(?::uuid[], ?::uuid[], ?::int[], ?::text[], ?::text[])
             as n (host, instance, protocol, version, address)
        join host h on h.id = n.host join site on site.id = h.site_id
      order by h.id
      on conflict (host_id) do update set number = s.number + 1, replica = excluded.replica,
        previous_instance = case when s.instance = excluded.instance then s.previous_instance
                                 else s.instance end,
        duplicate_at = case when s.previous_instance = excluded.instance then now()
                            else s.duplicate_at end,
        instance = excluded.instance, protocol = excluded.protocol,
        agent_version = excluded.agent_version, address = excluded.address,
        beat_every_millis = excluded.beat_every_millis, opened_at = now(), judge_at = null,
        silent_since = null,
        presence = case when s.presence = 'NONE' then 'UNKNOWN' else s.presence end
      returning host_id, site_id, number, beat_every_millis, presence
      """;

  private final Alarms alarms;
  private final long usualBeatMillis;

  SessionTable(Alarms alarms, PresenceConfig config) {
    this.alarms = alarms;
    this.usualBeatMillis = config.beat().toMillis();
  }

  /** A host's row as the next session finds it. */
  private record Before(
      UUID instance,
      @Nullable UUID previous,
      Presence presence,
      String address,
      boolean elsewhere,
      boolean awaited) {

    /** A process that was replaced does not come back: there are two, and they take turns. */
    boolean isTakingTurnsWith(UUID next) {
      return next.equals(previous) && !next.equals(instance);
    }
  }

  /** Opens a session for each; a host that was removed meanwhile is denied. */
  Map<Application, Verdict> open(Connection connection, List<Application> proven, UUID replica)
      throws SQLException {
    if (proven.isEmpty()) {
      return Map.of();
    }
    List<Application> ordered =
        proven.stream().sorted(Comparator.comparing(a -> a.hello().hostId().toString())).toList();
    Map<UUID, Before> before = before(connection, ordered, replica);
    Map<UUID, Verdict> opened = insert(connection, ordered, replica, before);
    Notices.post(
        connection,
        Notice.Kind.SESSION,
        before.entrySet().stream()
            .filter(host -> host.getValue().elsewhere())
            .map(Map.Entry::getKey)
            .toList());
    ordered.forEach(application -> warnOfDuplicate(application, before));
    return ordered.stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                a ->
                    opened.getOrDefault(
                        a.hello().hostId(), new Verdict.Denied(LinkClose.REFUSED))));
  }

  private Map<UUID, Before> before(
      Connection connection, List<Application> applications, UUID replica) throws SQLException {
    Map<UUID, Before> before = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(BEFORE)) {
      select.setObject(1, replica);
      select.setArray(
          2,
          connection.createArrayOf(
              "uuid", applications.stream().map(a -> a.hello().hostId()).toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          before.put(
              rows.getObject(1, UUID.class),
              new Before(
                  rows.getObject(2, UUID.class),
                  rows.getObject(3, UUID.class),
                  Presence.valueOf(rows.getString(4)),
                  rows.getString(5),
                  rows.getBoolean(6),
                  rows.getBoolean(7)));
        }
      }
    }
    return before;
  }

  private Map<UUID, Verdict> insert(
      Connection connection, List<Application> applications, UUID replica, Map<UUID, Before> before)
      throws SQLException {
    List<UUID> hosts = new ArrayList<>();
    List<UUID> instances = new ArrayList<>();
    List<Integer> protocols = new ArrayList<>();
    List<String> versions = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    for (Application application : applications) {
      hosts.add(application.hello().hostId());
      instances.add(application.hello().instance());
      protocols.add(application.hello().protocol());
      versions.add(application.hello().agentVersion());
      addresses.add(application.address());
    }
    Map<UUID, Verdict> opened = new HashMap<>();
    try (PreparedStatement open = connection.prepareStatement(OPEN)) {
      open.setObject(1, replica);
      open.setLong(2, usualBeatMillis);
      open.setArray(3, connection.createArrayOf("uuid", hosts.toArray()));
      open.setArray(4, connection.createArrayOf("uuid", instances.toArray()));
      open.setArray(5, connection.createArrayOf("int", protocols.toArray()));
      open.setArray(6, connection.createArrayOf("text", versions.toArray()));
      open.setArray(7, connection.createArrayOf("text", addresses.toArray()));
      try (ResultSet rows = open.executeQuery()) {
        while (rows.next()) {
          UUID host = rows.getObject(1, UUID.class);
          @Nullable Before was = before.get(host);
          opened.put(
              host,
              new Verdict.Admitted(
                  rows.getObject(2, UUID.class),
                  rows.getLong(3),
                  rows.getLong(4),
                  was == null ? Presence.UNKNOWN : Presence.valueOf(rows.getString(5)),
                  was != null && was.awaited()));
        }
      }
    }
    return opened;
  }

  private void warnOfDuplicate(Application application, Map<UUID, Before> all) {
    UUID host = application.hello().hostId();
    @Nullable Before before = all.get(host);
    if (before != null && before.isTakingTurnsWith(application.hello().instance())) {
      alarms.raise(
          Finding.of(
              "duplicate-agent-identity",
              host.toString(),
              "Two agents take turns, at "
                  + before.address()
                  + " and "
                  + application.address()
                  + "."));
    }
  }

  /** The newest session of each of the hosts, locked so that no newer one opens meanwhile. */
  Map<UUID, Long> lock(Connection connection, List<UUID> hosts) throws SQLException {
    return numbers(
        connection,
        "select host_id, number from link_session where host_id = any (?)"
            + " order by host_id for share",
        hosts);
  }

  /**
   * The newest session of each of the hosts; negative where it was ended by revoking the key. A
   * host that was removed has none.
   */
  Map<UUID, Long> newest(Connection connection, List<UUID> hosts) throws SQLException {
    return numbers(
        connection,
        "select host_id, case when presence = 'NONE' then -number else number end"
            + " from link_session where host_id = any (?)",
        hosts);
  }

  private static Map<UUID, Long> numbers(Connection connection, String sql, List<UUID> hosts)
      throws SQLException {
    Map<UUID, Long> numbers = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("uuid", hosts.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          numbers.put(rows.getObject(1, UUID.class), rows.getLong(2));
        }
      }
    }
    return numbers;
  }

  /** Hosts for which one agent alone was seen for an hour; they are not suspected any more. */
  List<UUID> cleared(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update link_session set duplicate_at = null"
                + " where duplicate_at < now() - interval '1 hour' returning host_id")) {
      List<UUID> hosts = new ArrayList<>();
      try (ResultSet rows = update.executeQuery()) {
        while (rows.next()) {
          hosts.add(rows.getObject(1, UUID.class));
        }
      }
      return hosts;
    }
  }
}
