package dev.perch.inventory.report;

import dev.perch.contract.Json;
import dev.perch.contract.facts.Facet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Notes when an interface of a host has gone up or down: what flaps is found by counting. */
final class LinkChanges {
  private static final String INSERT =
      "insert into host_link_change (host_id, interface, at) values (?, ?, now())";

  private record One(UUID host, String name) {}

  private final List<One> all = new ArrayList<>();

  void add(ReportTable.Row before, ReportTable.Row after) {
    if (!after.place().name().equals(Facet.NETWORK.word())) {
      return;
    }
    Map<String, String> was = states(before);
    states(after)
        .forEach(
            (name, state) -> {
              String old = was.get(name);
              if (old != null && !old.equals(state)) {
                all.add(new One(after.place().host(), name));
              }
            });
  }

  void write(Connection connection) throws SQLException {
    if (all.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (One one : all) {
        insert.setObject(1, one.host());
        insert.setString(2, one.name());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Interfaces that were switched on, by name: switching one off is somebody's will. */
  private static Map<String, String> states(ReportTable.Row row) {
    Map<String, String> states = new HashMap<>();
    Json.read(row.state())
        .at("/network/interfaces")
        .forEach(
            i -> {
              if (i.path("adminUp").asBoolean()) {
                states.put(i.path("name").asText(), i.path("state").asText());
              }
            });
    return states;
  }
}
