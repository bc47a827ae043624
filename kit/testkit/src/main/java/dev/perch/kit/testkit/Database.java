package dev.perch.kit.testkit;

import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database on the test JVM's PostgreSQL and a role that may log in to it.
 *
 * @param host 127.0.0.1, or what the server is reached by from elsewhere
 */
public record Database(String host, int port, String name, String user, String password) {

  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
  }

  public String reactiveUrl() {
    return "postgresql://%s:%d/%s".formatted(host, port, name);
  }

  /** The same database, reached by another address. */
  public Database at(String address) {
    return new Database(address, port, name, user, password);
  }

  /** A source without a pool: each connection is a session of its own. */
  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl());
    source.setUser(user);
    source.setPassword(password);
    return source;
  }

  /** What a Quarkus service needs to use it, reactively and by JDBC. */
  public Map<String, String> quarkusProperties() {
    return Map.of(
        "quarkus.datasource.reactive.url",
        reactiveUrl(),
        "quarkus.datasource.jdbc.url",
        jdbcUrl(),
        "quarkus.datasource.username",
        user,
        "quarkus.datasource.password",
        password);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + "@" + jdbcUrl();
  }
}
