package dev.perch.certmon.expiry;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The forecast, by the tables. */
final class ForecastTable {
  private static final String SELECT =
      """
      select * from (
        select 'CERTIFICATE' as kind, c.id, c.name, c.site_id, r.not_after,
          (c.document ->> 'renewAt')::timestamptz as renew_at
        from revision r join certificate c on c.id = r.certificate_id
        where r.status = 'ACTIVE' and r.not_after < ?
        union all
        select 'CA', id, name, null, (document #>> '{authority,notAfter}')::timestamptz, null
        from issuer where (document #>> '{authority,notAfter}')::timestamptz < ?) ending
      where site_id is null or ?::uuid[] is null or site_id = any (?::uuid[])
      order by not_after, id limit ?
      """;

  private ForecastTable() {}

  /**
   * @param sites null for all
   */
  static List<Forecast.Entry> until(
      Connection connection, Instant until, UUID @Nullable [] sites, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, until.atOffset(ZoneOffset.UTC));
      select.setObject(2, until.atOffset(ZoneOffset.UTC));
      var array = sites == null ? null : connection.createArrayOf("uuid", sites);
      select.setArray(3, array);
      select.setArray(4, array);
      select.setInt(5, limit);
      List<Forecast.Entry> all = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          OffsetDateTime renewAt = row.getObject(6, OffsetDateTime.class);
          all.add(
              new Forecast.Entry(
                  Forecast.Kind.valueOf(row.getString(1)),
                  row.getObject(2, UUID.class),
                  row.getString(3),
                  row.getObject(4, UUID.class),
                  row.getObject(5, OffsetDateTime.class).toInstant(),
                  renewAt == null ? null : renewAt.toInstant()));
        }
      }
      return all;
    }
  }
}
