package dev.perch.certmon.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
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

  /** The work that follows when a host has come or changed; keys are ids of hosts. */
  public static final String ARRIVALS = "arrivals";

  private static final String SELECT =
      "select id, site_id, name, labels::text, gone_at from known_host ";

  // Hosts are told of whenever their state changes: what is the same is no change here.
  private static final String UPSERT =
      """
      insert into known_host as known (id, site_id, name, labels) values (?, ?, ?, ?::jsonb)
      on conflict (id) do update
      set site_id = excluded.site_id, name = excluded.name, labels = excluded.labels,
        gone_at = null
      where (known.site_id, known.name, known.labels, known.gone_at)
        is distinct from (excluded.site_id, excluded.name, excluded.labels, null)
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
   * @param labels null if it was not heard of since they are kept
   * @param goneAt since when it is not there any more; null as long as it is
   */
  public record KnownHost(
      UUID id,
      UUID site,
      String name,
      @Nullable Map<String, String> labels,
      @Nullable Instant goneAt) {

    public KnownHost {
      labels = labels == null ? null : Map.copyOf(labels);
    }
  }

  public static Optional<KnownHost> find(Connection connection, UUID id) throws SQLException {
    return one(connection, id, "where id = ?");
  }

  /** As {@link #find}; it neither changes nor goes before the transaction ends. */
  public static Optional<KnownHost> share(Connection connection, UUID id) throws SQLException {
    return one(connection, id, "where id = ? for share");
  }

  /** Those that are there, in the order of their ids. */
  public static List<KnownHost> after(Connection connection, UUID id, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT + "where id > ? and gone_at is null order by id limit ?")) {
      select.setObject(1, id);
      select.setInt(2, limit);
      return read(select);
    }
  }

  private static Optional<KnownHost> one(Connection connection, UUID id, String where)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + where)) {
      select.setObject(1, id);
      return read(select).stream().findFirst();
    }
  }

  private static List<KnownHost> read(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      List<KnownHost> hosts = new ArrayList<>();
      while (row.next()) {
        OffsetDateTime gone = row.getObject(5, OffsetDateTime.class);
        hosts.add(
            new KnownHost(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                labels(row.getString(4)),
                gone == null ? null : gone.toInstant()));
      }
      return hosts;
    }
  }

  private static @Nullable Map<String, String> labels(@Nullable String json) throws SQLException {
    try {
      return json == null
          ? null
          : Json.MAPPER.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new SQLException("a host's labels are damaged", e);
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

  /** Whether it is new, has come back, or differs from what was known. */
  static boolean put(
      Connection connection, UUID id, UUID site, String name, Map<String, String> labels)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setObject(1, id);
      upsert.setObject(2, site);
      upsert.setString(3, name);
      upsert.setString(4, Json.MAPPER.valueToTree(labels).toString());
      return upsert.executeUpdate() > 0;
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
