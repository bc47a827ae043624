package dev.perch.inventory.report;

import dev.perch.contract.Aggregate;
import dev.perch.inventory.report.ReportTable.Place;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.outbox.Snapshot;
import dev.perch.kit.outbox.StateSource;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What the state audit compares with the topics of one kind. */
final class ReportStates implements StateSource {
  private static final String VERSIONS =
      """
      select host_id, name, version from host_report
      where kind = ? and (host_id, name) > (?::uuid, ?)
      order by host_id, name limit ?
      """;

  private static final String BEFORE_ALL = new UUID(0, 0) + "/";

  private final ReportTable table = new ReportTable();
  private final Kind kind;
  private final DataSource database;
  private final Outbox outbox;

  ReportStates(Kind kind, DataSource database, Outbox outbox) {
    this.kind = kind;
    this.database = database;
    this.outbox = outbox;
  }

  @Override
  public Aggregate aggregate() {
    return kind.aggregate();
  }

  @Override
  public List<Version> versions(@Nullable String after, int limit) {
    Place last = place(after == null ? BEFORE_ALL : after);
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(VERSIONS)) {
      select.setString(1, kind.word());
      select.setObject(2, last.host());
      select.setString(3, last.name());
      select.setInt(4, limit);
      List<Version> versions = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          versions.add(
              new Version(
                  Kind.key(rows.getObject(1, UUID.class), rows.getString(2)), rows.getLong(3)));
        }
      }
      return versions;
    } catch (SQLException e) {
      throw new IllegalStateException("reports cannot be read", e);
    }
  }

  @Override
  public Set<String> republish(List<String> keys) {
    Set<String> found = new HashSet<>();
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        var rows = table.read(connection, keys.stream().map(this::place).toList()).values();
        for (ReportTable.Row row : rows) {
          String key = Kind.key(row.place().host(), row.place().name());
          outbox.restate(
              connection,
              new Snapshot(kind.aggregate(), key, row.version(), row.site(), row.state()));
          found.add(key);
        }
        connection.commit();
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("reports cannot be read", e);
    }
    outbox.wake();
    return found;
  }

  private Place place(String key) {
    int slash = key.indexOf('/');
    return new Place(kind, UUID.fromString(key.substring(0, slash)), key.substring(slash + 1));
  }

  /** One for each kind. */
  @Dependent
  static final class Beans {
    @Produces
    @Singleton
    StateSource facets(DataSource database, Outbox outbox) {
      return new ReportStates(Kind.FACET, database, outbox);
    }

    @Produces
    @Singleton
    StateSource observations(DataSource database, Outbox outbox) {
      return new ReportStates(Kind.OBSERVATION, database, outbox);
    }
  }
}
