package dev.perch.kit.alarms;

import dev.perch.contract.alarm.Alarm;
import dev.perch.contract.alarm.Severity;
import dev.perch.kit.outbox.StateSource.Version;
import dev.perch.kit.web.page.Where;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code alarm} of one service. */
final class AlarmTable {
  private static final String COLUMNS =
      """
      select id, alarm_id, entity, severity, text, probable_cause, proposed_repair, raised_at,
        updated_at, cleared_at, acknowledged_by, acknowledged_at, comment, version, site
      from alarm""";

  private static final String PUT =
      """
      insert into alarm (id, alarm_id, entity, severity, text, probable_cause, proposed_repair,
        raised_at, updated_at, cleared_at, acknowledged_by, acknowledged_at, comment, version, site)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (id) do update set
        severity = excluded.severity, text = excluded.text, probable_cause = excluded.probable_cause,
        proposed_repair = excluded.proposed_repair, raised_at = excluded.raised_at,
        updated_at = excluded.updated_at, cleared_at = excluded.cleared_at,
        acknowledged_by = excluded.acknowledged_by, acknowledged_at = excluded.acknowledged_at,
        comment = excluded.comment, version = excluded.version, site = excluded.site
      """;

  private final String service;

  AlarmTable(String service) {
    this.service = service;
  }

  /**
   * Makes whoever else would change this alarm wait, also if it does not exist yet.
   *
   * @return the database's time
   */
  Instant lock(Connection connection, String id) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "select pg_advisory_xact_lock(hashtextextended(?, 3)), clock_timestamp()")) {
      lock.setString(1, "alarm " + id);
      try (ResultSet row = lock.executeQuery()) {
        row.next();
        return row.getObject(2, OffsetDateTime.class).toInstant();
      }
    }
  }

  Optional<Kept> find(Connection connection, String id) throws SQLException {
    return query(connection, COLUMNS + " where id = ?", List.of(id)).stream().findFirst();
  }

  void put(Connection connection, Kept kept) throws SQLException {
    Alarm alarm = kept.alarm();
    Severity severity = alarm.severity();
    try (PreparedStatement upsert = connection.prepareStatement(PUT)) {
      upsert.setString(1, alarm.id());
      upsert.setString(2, alarm.alarmId());
      upsert.setString(3, alarm.entity());
      upsert.setString(4, severity == null ? null : severity.name());
      upsert.setString(5, alarm.text());
      upsert.setString(6, alarm.probableCause());
      upsert.setString(7, alarm.proposedRepair());
      upsert.setObject(8, utc(alarm.raisedAt()));
      upsert.setObject(9, utc(alarm.updatedAt()));
      upsert.setObject(10, utc(alarm.clearedAt()));
      upsert.setString(11, alarm.acknowledgedBy());
      upsert.setObject(12, utc(alarm.acknowledgedAt()));
      upsert.setString(13, alarm.comment());
      upsert.setLong(14, alarm.version());
      upsert.setObject(15, kept.site());
      upsert.executeUpdate();
    }
  }

  /** Active alarms, worst first. */
  List<Kept> active(Connection connection, Where where, int limit) throws SQLException {
    where.and("cleared_at is null");
    String sql = COLUMNS + where.sql() + " order by rank, id limit " + limit;
    // JDBC numbers its parameters by their places; each occurs once, in order.
    return query(connection, sql.replaceAll("\\?\\d+", "?"), where.parameters());
  }

  /** Active alarms in the order of their ids, locked as an update would lock them. */
  List<Kept> lockActive(Connection connection, List<String> ids) throws SQLException {
    String sql = COLUMNS + " where id = any (?) and cleared_at is null order by id for update";
    return query(connection, sql, List.of((Object) ids.toArray(String[]::new)));
  }

  List<Version> versions(Connection connection, String after, int limit) throws SQLException {
    String sql =
        "select id, version from alarm where id > ? and cleared_at is null order by id limit ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, after);
      select.setInt(2, limit);
      List<Version> versions = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          versions.add(new Version(row.getString(1), row.getLong(2)));
        }
      }
      return versions;
    }
  }

  private List<Kept> query(Connection connection, String sql, List<Object> parameters)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        select.setObject(i + 1, parameters.get(i));
      }
      List<Kept> found = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(kept(row));
        }
      }
      return found;
    }
  }

  private Kept kept(ResultSet row) throws SQLException {
    Alarm alarm =
        new Alarm(
            row.getString(1),
            service,
            row.getString(2),
            row.getString(3),
            Severity.valueOf(row.getString(4)),
            row.getString(5),
            row.getString(6),
            row.getString(7),
            row.getObject(8, OffsetDateTime.class).toInstant(),
            row.getObject(9, OffsetDateTime.class).toInstant(),
            instant(row.getObject(10, OffsetDateTime.class)),
            row.getString(11),
            instant(row.getObject(12, OffsetDateTime.class)),
            row.getString(13),
            row.getLong(14));
    return new Kept(alarm, row.getObject(15, UUID.class));
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
    return at == null ? null : at.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }
}
