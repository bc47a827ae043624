package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.issue.RevocationReason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code revision}, in blocking transactions that hold the certificate's row. */
final class Revisions {
  private static final String COLUMNS =
      "select number, issuer_id, key_id, status, asked_for, chain, serial, not_before, not_after,"
          + " issued_at, revoked_at, reason, flaws, host_key from revision where certificate_id = ?";

  private static final String INSERT =
      """
      insert into revision (certificate_id, number, issuer_id, key_id, status, asked_for, chain,
        serial, not_before, not_after, flaws, host_key)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String STATUS =
      "update revision set status = ? where certificate_id = ? and number = ?";

  private static final String REVOKE =
      """
      update revision set status = 'REVOKED', revoked_at = clock_timestamp(), reason = ?
      where certificate_id = ? and number = ?
      """;

  private static final String NEXT =
      "select coalesce(max(number), 0) + 1 from revision where certificate_id = ?";

  /** Keys that nothing needs any more: neither a kept revision nor an issuance names them. */
  private static final String FORGET =
      """
      with old as (
        update revision set key_id = null, host_key = null
        where certificate_id = ? and status <> 'ACTIVE'
          and (key_id is not null or host_key is not null)
          and (status in ('REJECTED', 'REVOKED') or number <= ?)
        returning key_id as none)
      select count(*) from old
      """;

  /** Nobody can roll back to what its host has lost the key of. */
  private static final String FORGET_LOST =
      """
      update revision r set host_key = null from host_key k
      where r.certificate_id = ? and r.status <> 'ACTIVE' and k.name = r.host_key
        and k.lost_at is not null
      """;

  private static final String SWEEP =
      """
      delete from private_key k where k.id = any (?)
        and not exists (select from revision r where r.key_id = k.id)
        and not exists (select from issuance i where i.key_id = k.id)
      """;

  private Revisions() {}

  static Optional<Revised> active(Connection connection, UUID certificate) throws SQLException {
    return read(connection, COLUMNS + " and status = 'ACTIVE'", certificate).stream().findFirst();
  }

  static Optional<Revised> find(Connection connection, UUID certificate, int number)
      throws SQLException {
    return all(connection, certificate).stream()
        .filter(revision -> revision.number() == number)
        .findFirst();
  }

  /** Newest first. */
  static List<Revised> all(Connection connection, UUID certificate) throws SQLException {
    return read(connection, COLUMNS + " order by number desc", certificate);
  }

  static int next(Connection connection, UUID certificate) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEXT)) {
      select.setObject(1, certificate);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /**
   * @param flaws what is wrong with it: it is rejected; null takes it into use
   */
  static void insert(Connection connection, Issuing issuing, Chain chain, @Nullable String flaws)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, issuing.certificate());
      insert.setInt(2, issuing.number());
      insert.setObject(3, issuing.issuer());
      insert.setObject(4, issuing.key());
      insert.setString(5, (flaws == null ? Revised.Status.ACTIVE : Revised.Status.REJECTED).name());
      insert.setString(6, issuing.askedFor());
      insert.setString(7, chain.toPem());
      insert.setString(8, chain.serial().toString(16));
      insert.setObject(9, chain.notBefore().atOffset(ZoneOffset.UTC));
      insert.setObject(10, chain.notAfter().atOffset(ZoneOffset.UTC));
      insert.setString(11, flaws);
      insert.setString(12, issuing.hostKey());
      insert.executeUpdate();
    }
  }

  static void setStatus(Connection connection, UUID certificate, int number, Revised.Status status)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(STATUS)) {
      update.setString(1, status.name());
      update.setObject(2, certificate);
      update.setInt(3, number);
      update.executeUpdate();
    }
  }

  static void revoke(Connection connection, UUID certificate, int number, RevocationReason reason)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(REVOKE)) {
      update.setString(1, reason.name());
      update.setObject(2, certificate);
      update.setInt(3, number);
      update.executeUpdate();
    }
  }

  /** Forgets the keys of revisions that are not gone back to: all but the newest {@code kept}. */
  static void forgetKeys(Connection connection, UUID certificate, int newest, int kept)
      throws SQLException {
    List<UUID> before = keys(connection, certificate);
    try (PreparedStatement update = connection.prepareStatement(FORGET)) {
      update.setObject(1, certificate);
      update.setInt(2, newest - kept);
      update.executeQuery().close();
    }
    sweep(connection, before);
  }

  static void forgetLostKeys(Connection connection, UUID certificate) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(FORGET_LOST)) {
      update.setObject(1, certificate);
      update.executeUpdate();
    }
  }

  static List<UUID> keys(Connection connection, UUID certificate) throws SQLException {
    return all(connection, certificate).stream()
        .map(Revised::keyId)
        .filter(key -> key != null)
        .distinct()
        .toList();
  }

  /** Removes those of the keys that nothing names any more. */
  static void sweep(Connection connection, List<UUID> keys) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(SWEEP)) {
      delete.setArray(1, connection.createArrayOf("uuid", keys.toArray()));
      delete.executeUpdate();
    }
  }

  private static List<Revised> read(Connection connection, String sql, UUID certificate)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, certificate);
      List<Revised> all = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          all.add(revised(row));
        }
      }
      return all;
    }
  }

  private static Revised revised(ResultSet row) throws SQLException {
    OffsetDateTime revoked = row.getObject(11, OffsetDateTime.class);
    return new Revised(
        row.getInt(1),
        row.getObject(2, UUID.class),
        row.getObject(3, UUID.class),
        Revised.Status.valueOf(row.getString(4)),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        instant(row, 8),
        instant(row, 9),
        instant(row, 10),
        revoked == null ? null : revoked.toInstant(),
        row.getString(12),
        row.getString(13),
        row.getString(14));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
