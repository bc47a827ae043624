package dev.perch.certmon.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.perch.contract.Json;
import dev.perch.contract.host.Condition;
import dev.perch.contract.host.HostObservation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code host_report}. */
public final class ReportTable {
  private static final String SELECT =
      """
      select generation, conditions::text, read_back::text from host_report
      where host_id = ? and certificate_id = ?
      """;
  private static final String UPSERT =
      """
      insert into host_report (host_id, certificate_id, generation, conditions, read_back)
      values (?, ?, ?, ?::jsonb, ?::jsonb)
      on conflict (host_id, certificate_id) do update
      set generation = excluded.generation, conditions = excluded.conditions,
        read_back = excluded.read_back
      """;
  private static final String DELETE =
      "delete from host_report where host_id = ? and certificate_id = ?";

  private ReportTable() {}

  public static Optional<HostReport> find(Connection connection, UUID host, UUID certificate)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, host);
      select.setObject(2, certificate);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        String readBack = row.getString(3);
        return Optional.of(
            new HostReport(
                row.getLong(1),
                Json.MAPPER.readValue(row.getString(2), new TypeReference<List<Condition>>() {}),
                readBack == null ? null : Json.MAPPER.readTree(readBack)));
      }
    } catch (JsonProcessingException e) {
      throw new SQLException("a host's report is damaged", e);
    }
  }

  static void put(Connection connection, UUID certificate, HostObservation observation)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setObject(1, observation.hostId());
      upsert.setObject(2, certificate);
      upsert.setLong(3, observation.generation());
      upsert.setString(4, Json.MAPPER.valueToTree(observation.conditions()).toString());
      upsert.setString(
          5, observation.readBack() == null ? null : observation.readBack().toString());
      upsert.executeUpdate();
    }
  }

  static void remove(Connection connection, UUID host, UUID certificate) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setObject(1, host);
      delete.setObject(2, certificate);
      delete.executeUpdate();
    }
  }
}
