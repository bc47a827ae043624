package dev.perch.certmon.issuer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code issuer_key}: what CAs sign with, and their revocation lists. */
final class IssuerKeys {
  private static final String SELECT =
      """
      select key_id, crl_number, crl_made_at, crl_stale
      from issuer_key where issuer_id = ?
      """;
  private static final String INSERT =
      "insert into issuer_key (issuer_id, key_id) values (?, ?) on conflict do nothing";
  private static final String CHAIN = "update issuer_key set chain = ? where issuer_id = ?";
  private static final String LIST =
      """
      update issuer_key
      set crl = ?, crl_number = ?, crl_made_at = clock_timestamp(), crl_stale = false
      where issuer_id = ?
      """;

  private static final String STALE = "update issuer_key set crl_stale = true where issuer_id = ?";

  private IssuerKeys() {}

  /**
   * What is kept.
   *
   * @param listMadeAt when its revocation list was made; null if it has none
   * @param listStale whether something was revoked since
   */
  record Kept(UUID keyId, long listNumber, @Nullable Instant listMadeAt, boolean listStale) {}

  static Optional<Kept> find(Connection connection, UUID issuer) throws SQLException {
    return one(connection, issuer, SELECT);
  }

  static Optional<Kept> lock(Connection connection, UUID issuer) throws SQLException {
    return one(connection, issuer, SELECT + " for no key update");
  }

  private static Optional<Kept> one(Connection connection, UUID issuer, String sql)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, issuer);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        OffsetDateTime made = row.getObject(3, OffsetDateTime.class);
        return Optional.of(
            new Kept(
                row.getObject(1, UUID.class),
                row.getLong(2),
                made == null ? null : made.toInstant(),
                row.getBoolean(4)));
      }
    }
  }

  static void insert(Connection connection, UUID issuer, UUID key) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, issuer);
      insert.setObject(2, key);
      insert.executeUpdate();
    }
  }

  static void setChain(Connection connection, UUID issuer, String chain) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(CHAIN)) {
      update.setString(1, chain);
      update.setObject(2, issuer);
      update.executeUpdate();
    }
  }

  static void setList(Connection connection, UUID issuer, byte[] list, long number)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(LIST)) {
      update.setBytes(1, list);
      update.setLong(2, number);
      update.setObject(3, issuer);
      update.executeUpdate();
    }
  }

  static void setListStale(Connection connection, UUID issuer) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(STALE)) {
      update.setObject(1, issuer);
      update.executeUpdate();
    }
  }
}
