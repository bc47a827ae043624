package dev.perch.kit.outbox;

import dev.perch.contract.Aggregate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Publishes again what is true of some keys: the state of those that exist, else a tombstone. */
final class Restatement {

  /** What was appended to the outbox. */
  record Count(long states, long tombstones) {}

  private final Database database;
  private final Outbox outbox;

  Restatement(Database database, Outbox outbox) {
    this.database = database;
    this.outbox = outbox;
  }

  /** Keys that neither exist nor are known to have been deleted are left alone. */
  Count restate(StateSource source, List<String> keys) throws SQLException {
    return restate(source, keys, Map.of());
  }

  /**
   * @param unknown the version of the tombstone for keys that neither exist nor are known to have
   *     been deleted
   */
  Count restate(StateSource source, List<String> keys, Map<String, Long> unknown)
      throws SQLException {
    List<String> missing = new ArrayList<>(keys);
    int states = keys.size();
    missing.removeAll(source.republish(keys));
    states -= missing.size();
    int tombstones = missing.isEmpty() ? 0 : bury(source.aggregate(), missing, unknown);
    if (tombstones > 0) {
      // A key that came to life again meanwhile has its state behind the tombstone.
      var revived = source.republish(missing);
      states += revived.size();
    }
    outbox.wake();
    return new Count(states, tombstones);
  }

  private int bury(Aggregate aggregate, Collection<String> keys, Map<String, Long> unknown)
      throws SQLException {
    return database.transaction(
        connection -> {
          Map<String, Long> versions = new HashMap<>(unknown);
          versions.keySet().retainAll(keys);
          versions.putAll(deleted(connection, aggregate, keys));
          for (Map.Entry<String, Long> dead : versions.entrySet()) {
            outbox.restate(
                connection, new Snapshot(aggregate, dead.getKey(), dead.getValue(), null, null));
          }
          return versions.size();
        });
  }

  /** The versions with which keys were deleted. */
  static Map<String, Long> deleted(
      Connection connection, Aggregate aggregate, Collection<String> keys) throws SQLException {
    Map<String, Long> versions = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select key, version from outbox_deleted where state_topic = ? and key = any(?)")) {
      select.setString(1, aggregate.state().name());
      select.setArray(2, connection.createArrayOf("text", keys.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          versions.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    return versions;
  }
}
