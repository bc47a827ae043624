package dev.perch.launcher.stack;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * A PostgreSQL database and who may use it.
 *
 * @param login how to sign in
 */
record Database(String host, int port, String name, Login login) {
  private static final int DEFAULT_PORT = 5432;

  /**
   * Reads {@code postgresql://user:password@host:port/database}; without a database name it is the
   * one named {@code postgres}.
   *
   * @throws IllegalArgumentException if it is not such a URL; the message does not repeat it,
   *     because it holds a password
   */
  static Database parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("not a URL: " + e.getReason());
    }
    String user = uri.getUserInfo();
    if (!"postgresql".equals(uri.getScheme())
        || uri.getHost() == null
        || user == null
        || user.indexOf(':') < 1) {
      throw new IllegalArgumentException(
          "a PostgreSQL URL has the form postgresql://user:password@host:port/database");
    }
    String path = uri.getPath();
    return new Database(
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        path == null || path.length() < 2 ? "postgres" : path.substring(1),
        new Login(user.substring(0, user.indexOf(':')), user.substring(user.indexOf(':') + 1)));
  }

  /** Another database on the same server. */
  Database sibling(String database, Login owner) {
    return new Database(host, port, database, owner);
  }

  /** For Vert.x' client. */
  String reactiveUrl() {
    return "postgresql://" + host + ":" + port + "/" + name;
  }

  String jdbcUrl() {
    return "jdbc:" + reactiveUrl();
  }
}
