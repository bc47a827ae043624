package dev.perch.inventory.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is wanted on hosts, for whoever carries it there. */
@ApplicationScoped
public class DesiredTable {
  private static final String SELECT =
      """
      select host_id, aspect, driver, generation, spec from host_document
      where host_id = any (?)
      """;

  /** The newest document of an aspect of a host. */
  public record Wanted(UUID host, String aspect, String driver, long generation, JsonNode spec) {}

  public List<Wanted> of(Connection connection, List<UUID> hosts) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setArray(1, connection.createArrayOf("uuid", hosts.toArray()));
      List<Wanted> wanted = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          wanted.add(
              new Wanted(
                  rows.getObject(1, UUID.class),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getLong(4),
                  Json.MAPPER.readTree(rows.getString(5))));
        }
      } catch (JsonProcessingException e) {
        throw new UncheckedIOException(e);
      }
      return wanted;
    }
  }
}
