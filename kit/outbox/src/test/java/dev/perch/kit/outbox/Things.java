package dev.perch.kit.outbox;

import dev.perch.contract.Aggregate;
import dev.perch.contract.Json;
import dev.perch.contract.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A service as small as can be: things that have a text, in one table, published. */
final class Things implements StateSource {
  final Doorbell bell = new Doorbell();
  final Capacity capacity = new Capacity();
  final Outbox outbox = new Outbox(capacity, bell);
  private final Aggregate aggregate;
  private final Database database;

  /**
   * @param name names the topics, so that services do not meet
   */
  Things(String name, DataSource source) {
    database = new Database(source);
    aggregate =
        new Aggregate(
            "things",
            "thing",
            Topic.state("perch." + name + ".things"),
            Topic.log("perch." + name + ".thing-changes"));
  }

  void migrate() throws SQLException {
    var _ =
        Flyway.configure()
            .dataSource(database.source())
            .locations("classpath:db/kit")
            .load()
            .migrate();
    execute("create table thing (key text primary key, version bigint not null, body text)");
  }

  Database database() {
    return database;
  }

  String stateTopic() {
    return aggregate.state().name();
  }

  String logTopic() {
    return aggregate.log().name();
  }

  /** Creates the thing or changes it, in a transaction of its own. */
  void put(String key, String body) throws SQLException {
    database.run(connection -> put(connection, key, body));
    outbox.wake();
  }

  /** Returns the new version. */
  long put(Connection connection, String key, String body) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            """
            insert into thing (key, version, body) values (?, 1, ?)
            on conflict (key) do update set version = thing.version + 1, body = excluded.body
            returning version
            """)) {
      upsert.setString(1, key);
      upsert.setString(2, body);
      try (ResultSet row = upsert.executeQuery()) {
        row.next();
        long version = row.getLong(1);
        String state = state(key, version, body);
        outbox.append(
            connection,
            new Change(
                aggregate, key, version, null, version == 1 ? "created" : "changed", state, state));
        return version;
      }
    }
  }

  void remove(String key) throws SQLException {
    database.run(
        connection -> {
          long version =
              version(connection, "delete from thing where key = ? returning version", key);
          String change = state(key, version + 1, "");
          outbox.append(
              connection, new Change(aggregate, key, version + 1, null, "deleted", null, change));
        });
    outbox.wake();
  }

  /** What the table has: versions by key. */
  Map<String, Long> table() throws SQLException {
    return versions(null, Integer.MAX_VALUE).stream()
        .collect(Collectors.toMap(Version::key, Version::version));
  }

  long waiting() throws SQLException {
    return number("select count(*) from outbox");
  }

  long number(String query) throws SQLException {
    return database.transaction(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  void execute(String sql) throws SQLException {
    database.run(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
          }
        });
  }

  @Override
  public Aggregate aggregate() {
    return aggregate;
  }

  @Override
  public List<Version> versions(@Nullable String after, int limit) {
    try {
      return database.transaction(connection -> versions(connection, after, limit));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Version> versions(Connection connection, @Nullable String after, int limit)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select key, version from thing where key > ? order by key limit ?")) {
      select.setString(1, after == null ? "" : after);
      select.setInt(2, limit);
      try (ResultSet rows = select.executeQuery()) {
        List<Version> versions = new ArrayList<>();
        while (rows.next()) {
          versions.add(new Version(rows.getString(1), rows.getLong(2)));
        }
        return versions;
      }
    }
  }

  @Override
  public Set<String> republish(List<String> keys) {
    try {
      return database.transaction(connection -> republish(connection, keys));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Set<String> republish(Connection connection, List<String> keys) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "select key, version, body from thing where key = any(?) order by key for update")) {
      lock.setArray(1, connection.createArrayOf("text", keys.toArray()));
      try (ResultSet rows = lock.executeQuery()) {
        Set<String> found = new HashSet<>();
        while (rows.next()) {
          String key = rows.getString(1);
          long version = rows.getLong(2);
          String state = state(key, version, rows.getString(3));
          outbox.restate(connection, new Snapshot(aggregate, key, version, null, state));
          found.add(key);
        }
        return found;
      }
    }
  }

  private static long version(Connection connection, String sql, String key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, key);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static String state(String key, long version, String body) {
    return Json.MAPPER
        .createObjectNode()
        .put("id", key)
        .put("version", version)
        .put("body", body)
        .toString();
  }
}
