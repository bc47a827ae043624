package dev.perch.certmon.host;

import dev.perch.contract.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code known_host}: hosts, as far as inventory has told of them. */
public final class KnownHosts {
  /** The work that follows when a host has gone; keys are ids of hosts. */
  public static final String DEPARTURES = "departures";

  private static final String SELECT = "select site_id, name, gone_at from known_host where id = ?";
  private static final String UPSERT =
      """
      insert into known_host (id, site_id, name) values (?, ?, ?)
      on conflict (id) do update
      set site_id = excluded.site_id, name = excluded.name, gone_at = null
      """;
  private static final String GONE =
      "update known_host set gone_at = clock_timestamp() where id = ? and gone_at is null";
  private static final String FORGET =
      "delete from known_host where id = ? and gone_at is not null";
  private static final String CERTIFICATES =
      """
      select id from certificate
      where jsonb_array_length(document -> 'targets') > 0 and document -> 'targets' @> ?::jsonb
      order by id
      """;

  private KnownHosts() {}

  /**
   * A host.
   *
   * @param goneAt since when it is not there any more; null as long as it is
   */
  public record KnownHost(UUID id, UUID site, String name, @Nullable Instant goneAt) {}

  public static Optional<KnownHost> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        OffsetDateTime gone = row.getObject(3, OffsetDateTime.class);
        return Optional.of(
            new KnownHost(
                id,
                row.getObject(1, UUID.class),
                row.getString(2),
                gone == null ? null : gone.toInstant()));
      }
    }
  }

  /** The certificates that are published to it. */
  public static List<UUID> certificates(Connection connection, UUID host) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(CERTIFICATES)) {
      select.setString(
          1, Json.MAPPER.valueToTree(List.of(Map.of("host", Map.of("hostId", host)))).toString());
      List<UUID> ids = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ids.add(row.getObject(1, UUID.class));
        }
      }
      return ids;
    }
  }

  static void put(Connection connection, UUID id, UUID site, String name) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setObject(1, id);
      upsert.setObject(2, site);
      upsert.setString(3, name);
      upsert.executeUpdate();
    }
  }

  static void gone(Connection connection, UUID id) throws SQLException {
    update(connection, GONE, id);
  }

  /** Nothing if it has come back. */
  public static void forget(Connection connection, UUID id) throws SQLException {
    update(connection, FORGET, id);
  }

  private static void update(Connection connection, String sql, UUID id) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, id);
      update.executeUpdate();
    }
  }
}
