package dev.perch.inventory.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.perch.contract.Json;
import dev.perch.contract.inventory.Host;
import dev.perch.inventory.group.Groups;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.web.page.Where;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads hosts as rows of a file. */
@ApplicationScoped
class Export {
  private static final String READ =
      """
      select s.name, h.name, h.personality, h.labels, h.bmc_address
      from host h join site s on s.id = h.site_id%s order by s.name, h.name
      """;

  private final Database database;

  Export(Database database) {
    this.database = database;
  }

  /** A row, as {@link Rows} reads it. */
  record Row(
      String site,
      String name,
      String personality,
      Map<String, String> labels,
      Host.@Nullable Bmc bmc) {

    Row {
      labels = Map.copyOf(labels);
    }

    /** As cells of a line of CSV. */
    Cells cells() {
      String all =
          new TreeMap<>(labels)
              .entrySet().stream()
                  .map(label -> label.getKey() + "=" + label.getValue())
                  .collect(Collectors.joining(";"));
      return new Cells(site, name, personality, all, bmc == null ? "" : bmc.address());
    }
  }

  /** A line of CSV. */
  record Cells(String site, String name, String personality, String labels, String bmc) {}

  /**
   * Which hosts.
   *
   * @param group those of them that the group of this name selects
   */
  record Selection(Where where, @Nullable String group) {}

  /**
   * @throws dev.perch.kit.web.ProblemException {@link dev.perch.kit.web.Problem.Invalid} if there
   *     is no such group
   */
  List<Row> rows(Selection selection) throws SQLException {
    Where where = selection.where();
    String group = selection.group();
    return database.transaction(
        connection -> {
          if (group != null) {
            Groups.selector(connection, group).into(where, "h.");
          }
          // JDBC numbers its parameters by their places; each occurs once, in order.
          String sql = READ.formatted(where.sql()).replaceAll("\\?\\d+", "?");
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < where.parameters().size(); i++) {
              select.setObject(i + 1, where.parameters().get(i));
            }
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                rows.add(row(row));
              }
            }
            return rows;
          }
        });
  }

  private static Row row(ResultSet row) throws SQLException {
    String bmc = row.getString(5);
    try {
      return new Row(
          row.getString(1),
          row.getString(2),
          row.getString(3),
          Json.MAPPER.readValue(row.getString(4), new TypeReference<Map<String, String>>() {}),
          bmc == null ? null : new Host.Bmc(bmc));
    } catch (JsonProcessingException e) {
      throw new SQLException("the labels of a host are damaged", e);
    }
  }
}
