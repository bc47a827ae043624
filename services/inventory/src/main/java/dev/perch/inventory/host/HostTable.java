package dev.perch.inventory.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.Host;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The table {@code host} in blocking transactions. */
final class HostTable {
  private static final String LOCK =
      """
      select id, site_id, name, personality, labels, bmc_address, administrative, operational,
        availability, lifecycle, version, created_at, updated_at
      from host where id = ? for no key update
      """;

  /** Nobody adds a row that refers to it, either. */
  private static final String LOCK_WHOLE = LOCK.replace("for no key update", "for update");

  private static final String DELETE = "delete from host where id = ?";

  private static final String UPDATE_STATE =
      """
      update host set administrative = ?, operational = ?, availability = ?, lifecycle = ?,
        version = ?, updated_at = ?
      where id = ?
      """;

  private static final String INSERT =
      """
      insert into host (id, site_id, name, personality, labels, bmc_address, administrative,
        operational, availability, lifecycle, version, created_at, updated_at)
      values (?, ?, ?, ?, cast(? as jsonb), ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String UPDATE_SPEC =
      """
      update host set personality = ?, labels = cast(? as jsonb), bmc_address = ?, version = ?,
        updated_at = ?
      where id = ?
      """;

  private static final String OF_SITES =
      """
      select id, site_id, name, personality, labels, bmc_address, administrative, operational,
        availability, lifecycle, version, created_at, updated_at
      from host where site_id = any (?)
      """;

  private HostTable() {}

  static void insert(Connection connection, List<Host> hosts) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Host host : hosts) {
        insert.setObject(1, host.id());
        insert.setObject(2, host.siteId());
        insert.setString(3, host.name());
        insert.setString(4, String.valueOf(host.personality()));
        insert.setString(5, Json.write(host.labels()));
        insert.setString(6, host.bmc() == null ? null : host.bmc().address());
        insert.setString(7, String.valueOf(host.state().administrative()));
        insert.setString(8, String.valueOf(host.state().operational()));
        insert.setString(9, String.valueOf(host.state().availability()));
        insert.setString(10, String.valueOf(host.state().lifecycle()));
        insert.setLong(11, host.version());
        insert.setObject(12, host.createdAt().atOffset(ZoneOffset.UTC));
        insert.setObject(13, host.updatedAt().atOffset(ZoneOffset.UTC));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** All but the name, by which a row of a file finds its host. */
  static void updateSpec(Connection connection, Host host) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE_SPEC)) {
      update.setString(1, String.valueOf(host.personality()));
      update.setString(2, Json.write(host.labels()));
      update.setString(3, host.bmc() == null ? null : host.bmc().address());
      update.setLong(4, host.version());
      update.setObject(5, host.updatedAt().atOffset(ZoneOffset.UTC));
      update.setObject(6, host.id());
      update.executeUpdate();
    }
  }

  static List<Host> ofSites(Connection connection, Collection<UUID> sites) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OF_SITES)) {
      select.setArray(1, connection.createArrayOf("uuid", sites.toArray()));
      List<Host> hosts = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          hosts.add(host(row));
        }
      }
      return hosts;
    }
  }

  static Optional<Host> lock(Connection connection, UUID id) throws SQLException {
    return lock(connection, LOCK, id);
  }

  /** As one does before deleting it. */
  static Optional<Host> lockWhole(Connection connection, UUID id) throws SQLException {
    return lock(connection, LOCK_WHOLE, id);
  }

  static void delete(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setObject(1, id);
      delete.executeUpdate();
    }
  }

  private static Optional<Host> lock(Connection connection, String sql, UUID id)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(host(row)) : Optional.empty();
      }
    }
  }

  static void updateState(Connection connection, Host host) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE_STATE)) {
      update.setString(1, String.valueOf(host.state().administrative()));
      update.setString(2, String.valueOf(host.state().operational()));
      update.setString(3, String.valueOf(host.state().availability()));
      update.setString(4, String.valueOf(host.state().lifecycle()));
      update.setLong(5, host.version());
      update.setObject(6, host.updatedAt().atOffset(ZoneOffset.UTC));
      update.setObject(7, host.id());
      update.executeUpdate();
    }
  }

  private static Host host(ResultSet row) throws SQLException {
    String bmc = row.getString("bmc_address");
    return new Host(
        row.getObject("id", UUID.class),
        row.getObject("site_id", UUID.class),
        row.getString("name"),
        Host.Personality.valueOf(row.getString("personality")),
        labels(row.getString("labels")),
        bmc == null ? null : new Host.Bmc(bmc),
        new Host.State(
            Host.Administrative.valueOf(row.getString("administrative")),
            Host.Operational.valueOf(row.getString("operational")),
            Host.Availability.valueOf(row.getString("availability")),
            Host.Lifecycle.valueOf(row.getString("lifecycle"))),
        row.getLong("version"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }

  private static Map<String, String> labels(String json) throws SQLException {
    try {
      return Json.MAPPER.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new SQLException("the labels of a host are damaged", e);
    }
  }
}
