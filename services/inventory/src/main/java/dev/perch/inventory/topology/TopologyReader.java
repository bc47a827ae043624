package dev.perch.inventory.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.contract.Json;
import dev.perch.contract.facts.HostFacet;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.page.Where;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what hosts say of their network. */
@ApplicationScoped
class TopologyReader {
  /** More would be no picture any more. */
  private static final int MOST = 2000;

  private static final String READ =
      """
      select h.id, h.site_id, h.name, n.state, t.state
      from host h
        left join host_report n on n.kind = 'facet' and n.host_id = h.id and n.name = 'network'
        left join host_report t on t.kind = 'facet' and t.host_id = h.id and t.name = 'topology'
      %s order by h.name, h.id limit %d
      """;

  private final Database database;

  TopologyReader(Database database) {
    this.database = database;
  }

  /**
   * @throws dev.perch.kit.web.ProblemException {@link Problem.Invalid} if there are too many
   */
  Topology read(Where where) throws SQLException {
    return database.transaction(connection -> read(connection, where));
  }

  /** As {@link #read}, in the caller's transaction. */
  static Topology read(Connection connection, Where where) throws SQLException {
    // JDBC numbers its parameters by their places; each occurs once, in order.
    String sql = READ.formatted(where.sql(), MOST + 1).replaceAll("\\?\\d+", "?");
    List<Reported> hosts;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < where.parameters().size(); i++) {
        select.setObject(i + 1, where.parameters().get(i));
      }
      hosts = hosts(select);
    }
    if (hosts.size() > MOST) {
      throw new Problem.Invalid(
              List.of(
                  new Violation(
                      "topology.too-large",
                      "site",
                      null,
                      "Name sites that have at most " + MOST + " hosts together.")))
          .asException();
    }
    return Drawing.of(hosts);
  }

  private static List<Reported> hosts(PreparedStatement select) throws SQLException {
    List<Reported> hosts = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        HostFacet network = facet(row.getString(4));
        HostFacet topology = facet(row.getString(5));
        hosts.add(
            new Reported(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                network == null ? null : network.network(),
                topology == null ? null : topology.topology()));
      }
    }
    return hosts;
  }

  private static @Nullable HostFacet facet(@Nullable String json) throws SQLException {
    try {
      return json == null ? null : Json.MAPPER.readValue(json, HostFacet.class);
    } catch (JsonProcessingException e) {
      throw new SQLException("a facet is damaged", e);
    }
  }
}
