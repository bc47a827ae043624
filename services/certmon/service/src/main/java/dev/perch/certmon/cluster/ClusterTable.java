package dev.perch.certmon.cluster;

import dev.perch.contract.certmon.Cluster;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The table {@code cluster}, for whoever blocks. */
final class ClusterTable {
  private static final String SELECT = "select document::text from cluster where ";

  /** Where certificates are published to, or were. */
  private static final String NAMESPACES =
      "select distinct namespace from secret_place where cluster = ? order by namespace";

  private ClusterTable() {}

  static Optional<Cluster> find(Connection connection, UUID id) throws SQLException {
    return one(connection, SELECT + "id = ?", id);
  }

  static Optional<Cluster> named(Connection connection, String name) throws SQLException {
    return one(connection, SELECT + "name = ?", name);
  }

  static Set<UUID> ids(Connection connection) throws SQLException {
    Set<UUID> ids = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement("select id from cluster");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        ids.add(row.getObject(1, UUID.class));
      }
    }
    return ids;
  }

  static List<String> namespaces(Connection connection, String cluster) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NAMESPACES)) {
      select.setString(1, cluster);
      List<String> namespaces = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          namespaces.add(row.getString(1));
        }
      }
      return namespaces;
    }
  }

  private static Optional<Cluster> one(Connection connection, String sql, Object key)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, key);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(Clusters.KIND.read(row.getString(1))) : Optional.empty();
      }
    }
  }
}
