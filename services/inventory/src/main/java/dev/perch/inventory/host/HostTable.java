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

  private static final String UPDATE_STATE =
      """
      update host set administrative = ?, operational = ?, availability = ?, lifecycle = ?,
        version = ?, updated_at = ?
      where id = ?
      """;

  private HostTable() {}

  static Optional<Host> lock(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LOCK)) {
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
