package dev.perch.kit.timeline;

import dev.perch.contract.Aggregate;
import dev.perch.contract.Resource;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.outbox.Snapshot;
import dev.perch.kit.outbox.StateSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The resources of one kind, for the state audit of their topic. */
public final class ResourceStates<R extends Resource> implements StateSource {
  private final ResourceKind<R> kind;
  private final Database database;
  private final Outbox outbox;

  public ResourceStates(ResourceKind<R> kind, Database database, Outbox outbox) {
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
    try {
      return database.each(
          connection -> {
            try (PreparedStatement select =
                connection.prepareStatement(
                    "select id, version from %s where id > ? order by id limit ?"
                        .formatted(kind.table()))) {
              select.setObject(1, after == null ? new UUID(0, 0) : UUID.fromString(after));
              select.setInt(2, limit);
              List<Version> versions = new ArrayList<>();
              try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                  versions.add(new Version(row.getString(1), row.getLong(2)));
                }
              }
              return versions;
            }
          });
    } catch (SQLException e) {
      throw new IllegalStateException(kind.table() + " cannot be read", e);
    }
  }

  @Override
  public Set<String> republish(List<String> keys) {
    try {
      return database.transaction(connection -> republish(connection, keys));
    } catch (SQLException e) {
      throw new IllegalStateException(kind.table() + " cannot be read", e);
    }
  }

  private Set<String> republish(Connection connection, List<String> keys) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select document::text from %s where id = any (?) order by id for no key update"
                .formatted(kind.table()))) {
      select.setArray(
          1, connection.createArrayOf("uuid", keys.stream().map(UUID::fromString).toArray()));
      Set<String> found = new HashSet<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          R resource = kind.read(row.getString(1));
          outbox.restate(connection, Snapshot.of(kind.aggregate(), resource));
          found.add(resource.id().toString());
        }
      }
      return found;
    }
  }
}
