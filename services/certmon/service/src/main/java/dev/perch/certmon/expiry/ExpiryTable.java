package dev.perch.certmon.expiry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What runs out, by the tables. */
final class ExpiryTable {
  /**
   * Certificates whose end is nearer than they or the service say. A short-lived one is always near
   * its end: it is late only when a tenth of what was left at its renewal has gone by since.
   */
  private static final String CERTIFICATES =
      """
      with near as (
        select c.id, c.site_id, c.name, r.not_after,
          coalesce((c.document ->> 'renewAt')::timestamptz, r.not_before) as renew_at,
          coalesce(extract(epoch from (c.document ->> 'alarmBefore')::interval), ?) as before
        from revision r join certificate c on c.id = r.certificate_id
        where r.status = 'ACTIVE' and r.not_after <= now() + ? * interval '1 second')
      select id, site_id, name, not_after, not_after <= now() as over from near
      where not_after <= now() + before * interval '1 second'
        and renew_at + (not_after - renew_at) / 10 <= now()
      """;

  /** No certificate's own alarm is earlier than this. */
  static final Duration EARLIEST = Duration.ofDays(366);

  private static final String AUTHORITIES =
      """
      select id, null::uuid, name, (document #>> '{authority,notAfter}')::timestamptz as not_after,
        (document #>> '{authority,notAfter}')::timestamptz <= now() as over
      from issuer
      where (document #>> '{authority,notAfter}')::timestamptz
        <= now() + ? * interval '1 second'
      """;

  private static final String ACTIVE =
      "select entity from alarm where alarm_id = ? and cleared_at is null";

  private ExpiryTable() {}

  /**
   * Something that runs out.
   *
   * @param over whether it has
   */
  record Ending(
      String kind, UUID id, @Nullable UUID site, String name, Instant notAfter, boolean over) {
    String entity() {
      return kind + "/" + id;
    }
  }

  static List<Ending> certificates(Connection connection, Duration before) throws SQLException {
    return endings(
        connection, CERTIFICATES, "certificates", before.toSeconds(), EARLIEST.toSeconds());
  }

  static List<Ending> authorities(Connection connection, Duration before) throws SQLException {
    return endings(connection, AUTHORITIES, "issuers", before.toSeconds());
  }

  /** The entities of an alarm that is active. */
  static Set<String> active(Connection connection, String alarm) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ACTIVE)) {
      select.setString(1, alarm);
      Set<String> entities = new HashSet<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entities.add(row.getString(1));
        }
      }
      return entities;
    }
  }

  private static List<Ending> endings(
      Connection connection, String sql, String kind, long... seconds) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < seconds.length; i++) {
        select.setDouble(i + 1, seconds[i]);
      }
      List<Ending> all = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          all.add(
              new Ending(
                  kind,
                  row.getObject(1, UUID.class),
                  row.getObject(2, UUID.class),
                  row.getString(3),
                  row.getObject(4, OffsetDateTime.class).toInstant(),
                  row.getBoolean(5)));
        }
      }
      return all;
    }
  }
}
