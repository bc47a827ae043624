package dev.perch.launcher.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.postgresql.PGConnection;

/**
 * Makes a role and a database of its own for each user of a server. A role cannot connect to
 * another one's database.
 *
 * @param server where, and a role that may create roles and databases
 */
record Databases(Database server) {

  /** Makes what is missing and sets the passwords; what is there is kept. */
  void create(List<Database> databases) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", server.login().user());
    properties.setProperty("password", server.login().password());
    properties.setProperty("connectTimeout", "10");
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), properties);
        Statement statement = connection.createStatement()) {
      PGConnection postgres = connection.unwrap(PGConnection.class);
      for (Database database : databases) {
        String role = postgres.escapeIdentifier(database.login().user());
        String name = postgres.escapeIdentifier(database.name());
        if (!exists(
            connection, "select from pg_roles where rolname = ?", database.login().user())) {
          statement.execute("create role " + role);
        }
        statement.execute(
            "alter role "
                + role
                + " login password '"
                + postgres.escapeLiteral(database.login().password())
                + "'");
        if (!exists(connection, "select from pg_database where datname = ?", database.name())) {
          statement.execute("create database " + name + " owner " + role);
        }
        statement.execute("revoke connect on database " + name + " from public");
      }
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}
