package dev.perch.kit.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.perch.kit.embedded.Ports;
import dev.perch.kit.testkit.Database;
import dev.perch.kit.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * CFSSL as an authority behind an HTTP API: {@code multirootca} signs what comes with an HMAC of
 * the shared key, {@code cfssl serve} revokes. Both use one key and one database.
 *
 * <p>Profiles: the default one for servers (24 h), {@code client} (24 h), {@code short} (servers, 1
 * h).
 */
public final class Cfssl implements AutoCloseable {
  /** The shared key, hexadecimal. */
  public static final String KEY = "0123456789abcdef0123456789abcdef";

  /** The label of the one authority. */
  public static final String LABEL = "primary";

  private static final String LOOPBACK = "127.0.0.1";

  private final int signingPort = Ports.free();
  private final int revokingPort = Ports.free();
  private final TestAuthority authority = TestAuthority.root("cfssl root");
  private final PeerHttp http = PeerHttp.plain();
  private final Database database = TestPostgres.freshDatabase("cfssl");
  private final Child signing;
  private final Child revoking;

  /**
   * @param folder an empty folder for its configuration and logs
   */
  public Cfssl(Path folder) {
    BuiltPrograms programs = BuiltPrograms.of("cfssl");
    authority.write(folder, "ca");
    writeConfiguration(folder);
    createTables();
    this.signing =
        new Child(
            folder,
            Map.of(),
            List.of(
                programs.program("multirootca"),
                "-a",
                LOOPBACK + ":" + signingPort,
                "-l",
                LABEL,
                "-roots",
                "roots.ini"));
    this.revoking =
        new Child(
            folder,
            Map.of(),
            List.of(
                programs.program("cfssl"),
                "serve",
                "-address=" + LOOPBACK,
                "-port=" + revokingPort,
                "-ca=ca.pem",
                "-ca-key=ca.key",
                "-config=config.json",
                "-db-config=db.json"));
  }

  public void start() {
    signing.start(() -> http.answers(signing()));
    revoking.start(() -> http.answers(revoking()));
  }

  public void stop() {
    signing.kill();
    revoking.kill();
  }

  public void restart() {
    stop();
    start();
  }

  /** The base of the API of the server that signs: {@code authsign}, {@code info}. */
  public URI signing() {
    return api(signingPort);
  }

  /** The base of the API of the server that revokes. */
  public URI revoking() {
    return api(revokingPort);
  }

  public X509Certificate root() {
    return authority.certificate();
  }

  /** The serial numbers of what it has revoked, from its database. */
  public Set<BigInteger> revoked() {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select convert_from(serial_number, 'UTF8') from certificates"
                    + " where status = 'revoked'")) {
      Set<BigInteger> serials = new TreeSet<>();
      while (rows.next()) {
        serials.add(new BigInteger(rows.getString(1)));
      }
      return serials;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The logs of both. */
  public String output() {
    return signing.output() + revoking.output();
  }

  @Override
  public void close() {
    stop();
    http.close();
  }

  private static URI api(int port) {
    return URI.create("http://" + LOOPBACK + ":" + port + "/api/v1/cfssl/");
  }

  private void writeConfiguration(Path folder) {
    Map<String, Object> signing =
        Map.of(
            "default",
            profile("24h", "server auth"),
            "profiles",
            Map.of("client", profile("24h", "client auth"), "short", profile("1h", "server auth")));
    Map<String, Object> keys = Map.of("shared", Map.of("type", "standard", "key", KEY));
    String source =
        "postgres://%s:%s@%s:%d/%s?sslmode=disable"
            .formatted(
                database.user(),
                database.password(),
                database.host(),
                database.port(),
                database.name());
    ObjectMapper json = new ObjectMapper();
    try {
      Files.write(
          folder.resolve("config.json"),
          json.writeValueAsBytes(Map.of("signing", signing, "auth_keys", keys)));
      Files.write(
          folder.resolve("db.json"),
          json.writeValueAsBytes(Map.of("driver", "postgres", "data_source", source)));
      Files.writeString(
          folder.resolve("roots.ini"),
          """
          [%s]
          private = file://%s
          certificate = ca.pem
          config = config.json
          dbconfig = db.json
          """
              .formatted(LABEL, folder.resolve("ca.key").toAbsolutePath()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> profile(String expiry, String usage) {
    return Map.of(
        "expiry",
        expiry,
        "usages",
        List.of("signing", "key encipherment", usage),
        "auth_key",
        "shared");
  }

  /** As CFSSL's own migrations leave them. */
  private void createTables() {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table certificates (
            serial_number bytea not null,
            authority_key_identifier bytea not null,
            ca_label bytea,
            status bytea not null,
            reason int,
            expiry timestamptz,
            revoked_at timestamptz,
            pem bytea not null,
            issued_at timestamptz,
            not_before timestamptz,
            metadata jsonb,
            sans jsonb,
            common_name text,
            primary key (serial_number, authority_key_identifier));
          create table ocsp_responses (
            serial_number bytea not null,
            authority_key_identifier bytea not null,
            body bytea not null,
            expiry timestamptz,
            primary key (serial_number, authority_key_identifier))
          """);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
