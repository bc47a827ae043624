package dev.perch.inventory.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.SiteTopology;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The rows of {@code site_topology}. */
final class SiteTopologyTable {
  private static final String LOCK_SITE = "select 1 from site where id = ? for key share";

  private static final String READ = "select state from site_topology where site_id = ? for update";

  private static final String WRITE =
      """
      insert into site_topology (site_id, state, version, updated_at) values (?, ?, ?, ?)
      on conflict (site_id) do update set state = excluded.state, version = excluded.version,
        updated_at = excluded.updated_at
      """;

  private SiteTopologyTable() {}

  /** Whether there is such a site; it is not removed before the transaction ends. */
  static boolean lockSite(Connection connection, UUID site) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LOCK_SITE)) {
      select.setObject(1, site);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** What was published last, locked. */
  static Optional<SiteTopology> read(Connection connection, UUID site) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(READ)) {
      select.setObject(1, site);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(Json.MAPPER.readValue(row.getString(1), SiteTopology.class))
            : Optional.empty();
      } catch (JsonProcessingException e) {
        throw new SQLException("the topology of a site is damaged", e);
      }
    }
  }

  static void write(Connection connection, SiteTopology topology, String state)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(WRITE)) {
      upsert.setObject(1, topology.siteId());
      upsert.setString(2, state);
      upsert.setLong(3, topology.version());
      upsert.setObject(4, topology.updatedAt().atOffset(ZoneOffset.UTC));
      upsert.executeUpdate();
    }
  }
}
