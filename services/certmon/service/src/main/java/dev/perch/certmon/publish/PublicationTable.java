package dev.perch.certmon.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is not proven to be served where it is to be, by the tables. */
final class PublicationTable {
  /** Contested is worse than all else, and known at once. */
  private static final String UNPROVEN =
      """
      select distinct on (c.id) c.id, c.site_id, c.name, p ->> 'state' = 'CONTESTED',
        (p ->> 'state') || ' since ' || (p ->> 'since') || coalesce(': ' || (p ->> 'message'), '')
      from certificate c cross join jsonb_array_elements(c.document -> 'publications') p
      where jsonb_array_length(c.document -> 'publications') > 0
        and (p ->> 'state' = 'CONTESTED'
          or (p ->> 'state' <> 'VERIFIED' and p ->> 'revision' is not null
              or p ->> 'state' = 'DEGRADED')
            and (p ->> 'since')::timestamptz <= now() - ? * interval '1 second')
      order by c.id, p ->> 'state' <> 'CONTESTED', p ->> 'since'
      """;

  private static final String ACTIVE =
      "select entity from alarm where alarm_id = ? and cleared_at is null";

  private PublicationTable() {}

  /** A certificate that is not where it is to be. */
  record Unproven(UUID id, @Nullable UUID site, String name, boolean contested, String message) {
    String entity() {
      return "certificates/" + id;
    }
  }

  static List<Unproven> unproven(Connection connection, Duration patience) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(UNPROVEN)) {
      select.setDouble(1, patience.toSeconds());
      List<Unproven> all = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          all.add(
              new Unproven(
                  row.getObject(1, UUID.class),
                  row.getObject(2, UUID.class),
                  row.getString(3),
                  row.getBoolean(4),
                  row.getString(5)));
        }
      }
      return all;
    }
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
}
