package dev.perch.certmon.host;

import dev.perch.contract.Aggregate;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.outbox.Outbox;
import dev.perch.kit.outbox.StateSource;
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
import org.jspecify.annotations.Nullable;

/** The documents, for the state audit of their topic. */
final class HostDocumentStates implements StateSource {
  private static final String VERSIONS =
      """
      select host_id || '/certificates.' || certificate_id as key, generation from host_document
      where (host_id, certificate_id) > (?, ?) order by host_id, certificate_id limit ?
      """;

  /** As an update of its certificate does. */
  private static final String LOCK = "select 1 from certificate where id = ? for no key update";

  private final Database database;
  private final Outbox outbox;

  HostDocumentStates(Database database, Outbox outbox) {
    this.database = database;
    this.outbox = outbox;
  }

  @Override
  public Aggregate aggregate() {
    return HostDocuments.DESIRED;
  }

  @Override
  public List<Version> versions(@Nullable String after, int limit) {
    try {
      return database.each(connection -> versions(connection, after, limit));
    } catch (SQLException e) {
      throw new IllegalStateException("host_document cannot be read", e);
    }
  }

  private static List<Version> versions(Connection connection, @Nullable String after, int limit)
      throws SQLException {
    String[] last = after == null ? new String[0] : after.split("/certificates\\.", 2);
    try (PreparedStatement select = connection.prepareStatement(VERSIONS)) {
      for (int i = 0; i < 2; i++) {
        select.setObject(i + 1, last.length < 2 ? new UUID(0, 0) : UUID.fromString(last[i]));
      }
      select.setInt(3, limit);
      List<Version> versions = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          versions.add(new Version(row.getString(1), row.getLong(2)));
        }
      }
      return versions;
    }
  }

  @Override
  public Set<String> republish(List<String> keys) {
    try {
      return database.transaction(
          connection -> {
            Set<String> found = new HashSet<>();
            for (String key : keys.stream().sorted().toList()) {
              if (republish(connection, key)) {
                found.add(key);
              }
            }
            return found;
          });
    } catch (SQLException e) {
      throw new IllegalStateException("host_document cannot be read", e);
    }
  }

  private boolean republish(Connection connection, String key) throws SQLException {
    UUID certificate = UUID.fromString(key.split("/certificates\\.", 2)[1]);
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setObject(1, certificate);
      lock.executeQuery().close();
    }
    Optional<HostDocuments.Kept> kept = HostDocuments.find(connection, certificate);
    if (kept.isEmpty() || !kept.get().key().equals(key)) {
      return false;
    }
    outbox.restate(
        connection, HostDocuments.snapshot(kept.get(), kept.get().generation(), kept.get().json()));
    return true;
  }
}
