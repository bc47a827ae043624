package dev.perch.inventory.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.contract.host.HostDocument;
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

  private static final String UPSERT =
      """
      insert into host_document (host_id, aspect, service, driver, generation, spec, received_at)
      values (?, ?, ?, ?, ?, ?, now())
      on conflict (host_id, aspect) do update
      set service = excluded.service, driver = excluded.driver, generation = excluded.generation,
          spec = excluded.spec, received_at = excluded.received_at
      """;

  /** The newest document of an aspect of a host. */
  public record Wanted(UUID host, String aspect, String driver, long generation, JsonNode spec) {}

  /** Takes the place of the document of the host's aspect. */
  public void put(Connection connection, String service, HostDocument document)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      fill(upsert, service, document);
      upsert.executeUpdate();
    }
  }

  /** Many at once: add them to the batch of {@link #upsert}. */
  static PreparedStatement upsert(Connection connection) throws SQLException {
    return connection.prepareStatement(UPSERT);
  }

  static void fill(PreparedStatement upsert, String service, HostDocument document)
      throws SQLException {
    upsert.setObject(1, document.hostId());
    upsert.setString(2, document.aspect());
    upsert.setString(3, service);
    upsert.setString(4, document.driver());
    upsert.setLong(5, document.generation());
    upsert.setString(6, document.spec().toString());
  }

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
