package dev.perch.inventory.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Cause;
import dev.perch.inventory.host.HostFile;
import dev.perch.inventory.host.HostFile.Planned;
import dev.perch.inventory.host.HostFile.Refused;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Takes files of hosts. Rows are written in transactions of some hundreds: one that is cut off may
 * be sent again, for rows that are there already change nothing.
 */
@ApplicationScoped
class Import {
  private static final int CHUNK = 500;

  /** SQLState of a unique constraint: somebody registered one of the hosts meanwhile. */
  private static final String TAKEN = "23505";

  private final Database database;
  private final HostFile file;

  Import(Database database, HostFile file) {
    this.database = database;
    this.file = file;
  }

  List<Planned> plan(List<JsonNode> rows, Caller caller) throws SQLException {
    return database.transaction(
        connection -> file.plan(connection, rows, sites(connection), caller));
  }

  /**
   * Writes all rows that are not bad.
   *
   * @throws dev.perch.kit.web.ProblemException {@link Problem.Conflict} if another one registers
   *     the same hosts at the same time
   */
  void write(List<Planned> plan, Cause cause) throws SQLException {
    List<Planned> good = plan.stream().filter(row -> !(row instanceof Refused)).toList();
    for (int from = 0; from < good.size(); from += CHUNK) {
      List<Planned> chunk = good.subList(from, Math.min(from + CHUNK, good.size()));
      try {
        database.run(connection -> file.write(connection, chunk, cause));
      } catch (SQLException e) {
        if (TAKEN.equals(e.getSQLState())) {
          throw taken(from);
        }
        throw e;
      }
      file.written();
    }
  }

  private static RuntimeException taken(int written) {
    return new Problem.Conflict(
            "Somebody registers the same hosts now: "
                + written
                + " rows were taken. Send the file again.",
            List.of())
        .asException();
  }

  private static Map<String, UUID> sites(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("select name, id from site");
        ResultSet row = select.executeQuery()) {
      Map<String, UUID> sites = new HashMap<>();
      while (row.next()) {
        sites.put(row.getString(1), row.getObject(2, UUID.class));
      }
      return sites;
    }
  }
}
