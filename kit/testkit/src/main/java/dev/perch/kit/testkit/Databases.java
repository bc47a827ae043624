package dev.perch.kit.testkit;

import dev.perch.kit.embedded.PostgresSettings;
import dev.perch.kit.testkit.TestPostgres.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Creates, copies and drops databases.
 *
 * @param maintenance the superuser's way into the database {@code postgres}
 */
record Databases(Database maintenance) {
  private static final Pattern PREFIX = Pattern.compile("[a-z][a-z0-9_]{0,40}");

  Database create(String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException("not a prefix for a database: " + prefix);
    }
    String name = unique(prefix);
    String password = PostgresSettings.newPassword();
    execute(
        "create role %s login password '%s'".formatted(name, password),
        "create database %s owner %s".formatted(name, name));
    return new Database(maintenance.host(), maintenance.port(), name, name, password);
  }

  Snapshot copy(Database database) {
    String copy = unique(database.name());
    execute("alter database %s allow_connections false".formatted(database.name()));
    try {
      terminateSessions(database.name());
      execute(
          "create database %s template %s owner %s"
              .formatted(copy, database.name(), database.user()));
    } finally {
      execute("alter database %s allow_connections true".formatted(database.name()));
    }
    return new Snapshot(database, copy);
  }

  void restore(Snapshot snapshot) {
    Database database = snapshot.of();
    execute(
        "drop database if exists %s with (force)".formatted(database.name()),
        "create database %s template %s owner %s"
            .formatted(database.name(), snapshot.copy(), database.user()));
  }

  Database another(Snapshot snapshot) {
    Database of = snapshot.of();
    String name = unique(of.user());
    execute("create database %s template %s owner %s".formatted(name, snapshot.copy(), of.user()));
    return new Database(of.host(), of.port(), name, of.user(), of.password());
  }

  void terminateSessions(String database) {
    execute(
        "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '%s'"
            .formatted(database));
  }

  private void execute(String... commands) {
    try (Connection connection = maintenance.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      for (String command : commands) {
        statement.execute(command);
      }
    } catch (SQLException e) {
      // Not the command: it may hold a password.
      throw new IllegalStateException("PostgreSQL refused: " + e.getMessage(), e);
    }
  }

  private static String unique(String prefix) {
    return prefix + "_" + UUID.randomUUID().toString().substring(0, 8);
  }
}
