package dev.perch.certmon.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.certmon.kubernetes.Fingerprint;
import dev.perch.certmon.kubernetes.SecretName;
import dev.perch.contract.Json;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code secret_place}. {@link SecretClaims} makes its rows. */
final class SecretTable {
  private static final String KEY = "cluster || '/' || namespace || '/' || name";

  private static final String FIND =
      """
      select cluster, namespace, name, certificate_id, leaving, revision, resource_version,
        fingerprint, repaired_at, contested
      from secret_place where cluster = ? and namespace = ? and name = ?
      """;

  private static final String KEEP =
      """
      update secret_place set revision = ?, resource_version = ?, fingerprint = ?::jsonb,
        repaired_at = ?, contested = ?
      where cluster = ? and namespace = ? and name = ? and certificate_id = ? and not leaving
      """;

  private static final String FORGET =
      """
      delete from secret_place
      where cluster = ? and namespace = ? and name = ? and certificate_id = ? and leaving
      """;

  private static final String LEAVE =
      "update secret_place set leaving = true where certificate_id = ?";

  /** Those of a namespace that were seen otherwise than read back, or not at all. */
  private static final String DIFFERENT =
      """
      select p.cluster || '/' || p.namespace || '/' || p.name from secret_place p %s join
        unnest(?::text[], ?::text[]) as seen(secret, version) on p.name = seen.secret
      where p.cluster = ? and p.namespace = ? and not p.leaving
        and p.resource_version is distinct from seen.version
      """;

  private SecretTable() {}

  /**
   * @param key as {@link SecretPlace#key}
   */
  static Optional<SecretPlace> find(Connection connection, String key) throws SQLException {
    String[] parts = key.split("/", 3);
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      for (int i = 0; i < parts.length; i++) {
        select.setString(i + 1, parts[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(place(row)) : Optional.empty();
      }
    }
  }

  /** The keys of all places of a certificate, also of those it leaves. */
  static Set<String> keysOf(Connection connection, UUID certificate) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select " + KEY + " from secret_place where certificate_id = ?")) {
      select.setObject(1, certificate);
      return keys(select);
    }
  }

  /** The keys of all places in a cluster. */
  static Set<String> keysIn(Connection connection, String cluster) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select " + KEY + " from secret_place where cluster = ?")) {
      select.setString(1, cluster);
      return keys(select);
    }
  }

  /** Where a watch is needed: namespaces by cluster name. */
  static Set<Map.Entry<String, String>> namespaces(Connection connection) throws SQLException {
    Set<Map.Entry<String, String>> namespaces = new HashSet<>();
    try (PreparedStatement select =
            connection.prepareStatement("select distinct cluster, namespace from secret_place");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        namespaces.add(Map.entry(row.getString(1), row.getString(2)));
      }
    }
    return namespaces;
  }

  /**
   * The keys of places in a namespace that are not as they were when they were read back.
   *
   * @param seen versions by name; empty for one that is gone
   * @param all whether what is not among them is gone
   */
  static Set<String> different(
      Connection connection,
      String cluster,
      String namespace,
      Map<String, String> seen,
      boolean all)
      throws SQLException {
    List<String> names = List.copyOf(seen.keySet());
    try (PreparedStatement select =
        connection.prepareStatement(DIFFERENT.formatted(all ? "left" : ""))) {
      select.setArray(1, connection.createArrayOf("text", names.toArray()));
      select.setArray(2, connection.createArrayOf("text", names.stream().map(seen::get).toArray()));
      select.setString(3, cluster);
      select.setString(4, namespace);
      return keys(select);
    }
  }

  /** Keeps what was seen there, unless it is left or another certificate's meanwhile. */
  static void keep(Connection connection, SecretPlace place) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(KEEP)) {
      update.setObject(1, place.revision());
      update.setString(2, place.resourceVersion());
      update.setString(3, json(place.fingerprint()));
      Object[] repairs = place.repairs().stream().map(Timestamp::from).toArray();
      update.setArray(4, connection.createArrayOf("timestamptz", repairs));
      update.setObject(5, place.contested());
      name(update, 6, place);
      update.executeUpdate();
    }
  }

  /** All its Secrets are to go. */
  static void leave(Connection connection, UUID certificate) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(LEAVE)) {
      update.setObject(1, certificate);
      update.executeUpdate();
    }
  }

  /** The Secret is gone, unless it is wanted again meanwhile. */
  static void forget(Connection connection, SecretPlace place) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
      name(delete, 1, place);
      delete.executeUpdate();
    }
  }

  private static void name(PreparedStatement statement, int first, SecretPlace place)
      throws SQLException {
    statement.setString(first, place.cluster());
    statement.setString(first + 1, place.name().namespace());
    statement.setString(first + 2, place.name().name());
    statement.setObject(first + 3, place.certificate());
  }

  private static Set<String> keys(PreparedStatement select) throws SQLException {
    Set<String> keys = new HashSet<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        keys.add(row.getString(1));
      }
    }
    return keys;
  }

  private static SecretPlace place(ResultSet row) throws SQLException {
    return new SecretPlace(
        row.getString(1),
        new SecretName(row.getString(2), row.getString(3)),
        row.getObject(4, UUID.class),
        row.getBoolean(5),
        row.getObject(6, Integer.class),
        row.getString(7),
        fingerprint(row.getString(8)),
        instants(row.getArray(9)),
        row.getObject(10, Integer.class));
  }

  private static List<Instant> instants(Array array) throws SQLException {
    List<Instant> instants = new ArrayList<>();
    Arrays.stream((Object[]) array.getArray())
        .forEach(at -> instants.add(((Timestamp) at).toInstant()));
    return instants;
  }

  private static @Nullable String json(@Nullable Fingerprint fingerprint) {
    return fingerprint == null ? null : Json.MAPPER.valueToTree(fingerprint).toString();
  }

  private static @Nullable Fingerprint fingerprint(@Nullable String json) throws SQLException {
    try {
      return json == null ? null : Json.MAPPER.readValue(json, Fingerprint.class);
    } catch (JsonProcessingException e) {
      throw new SQLException("a fingerprint cannot be read", e);
    }
  }
}
