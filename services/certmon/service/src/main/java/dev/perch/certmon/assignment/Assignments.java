package dev.perch.certmon.assignment;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code assignment}. A row goes with its certificate. */
final class Assignments {
  private static final String SELECT =
      "select rule_id, host_id, certificate_id, unmatched_at from assignment ";
  private static final String INSERT =
      "insert into assignment (rule_id, host_id, certificate_id) values (?, ?, ?)";
  private static final String UNMATCHED =
      """
      update assignment set unmatched_at = case when ? then clock_timestamp() end
      where rule_id = ? and host_id = ? returning unmatched_at
      """;

  /** Those that may say something of the host, and those that did. */
  private static final String RULES =
      """
      select r.id from certificate_rule r, known_host h
      where h.id = ? and (r.site_id is null or r.site_id = h.site_id)
      union select rule_id from assignment where host_id = ?
      order by 1
      """;

  private Assignments() {}

  static Optional<Assignment> find(Connection connection, UUID rule, UUID host)
      throws SQLException {
    return read(connection, SELECT + "where rule_id = ? and host_id = ?", rule, host).stream()
        .findFirst();
  }

  static List<Assignment> of(Connection connection, UUID rule) throws SQLException {
    return read(connection, SELECT + "where rule_id = ? order by host_id", rule);
  }

  static List<UUID> rules(Connection connection, UUID host) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(RULES)) {
      select.setObject(1, host);
      select.setObject(2, host);
      List<UUID> ids = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ids.add(row.getObject(1, UUID.class));
        }
      }
      return ids;
    }
  }

  static void insert(Connection connection, UUID rule, UUID host, UUID certificate)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, rule);
      insert.setObject(2, host);
      insert.setObject(3, certificate);
      insert.executeUpdate();
    }
  }

  /** Keeps whether the host matches; answers since when it does not. */
  static @Nullable Instant matched(Connection connection, Assignment one, boolean matches)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UNMATCHED)) {
      update.setBoolean(1, !matches);
      update.setObject(2, one.rule());
      update.setObject(3, one.host());
      try (ResultSet row = update.executeQuery()) {
        return row.next() ? instant(row.getObject(1, OffsetDateTime.class)) : null;
      }
    }
  }

  private static List<Assignment> read(Connection connection, String sql, UUID... parameters)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setObject(i + 1, parameters[i]);
      }
      List<Assignment> assignments = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          assignments.add(
              new Assignment(
                  row.getObject(1, UUID.class),
                  row.getObject(2, UUID.class),
                  row.getObject(3, UUID.class),
                  instant(row.getObject(4, OffsetDateTime.class))));
        }
      }
      return assignments;
    }
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }
}
