package dev.perch.certmon.certificate;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.certmon.issue.Issuance;
import dev.perch.contract.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code issuance}: at most one per certificate. */
final class Issuings {
  private static final String SELECT =
      """
      select number, issuer_id, key_id, host_key, csr, asked_for, forced, state::text
      from issuance where certificate_id = ?
      """;
  private static final String INSERT =
      """
      insert into issuance
        (certificate_id, number, issuer_id, key_id, host_key, csr, asked_for, forced, state)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
      """;
  private static final String UPDATE =
      "update issuance set state = ?::jsonb where certificate_id = ?";
  private static final String DELETE = "delete from issuance where certificate_id = ?";

  private static final String OF_ISSUER =
      "select certificate_id::text from issuance where issuer_id = ?";

  private static final String TURN =
      "select turn_at, turn_at <= clock_timestamp() from issuance where certificate_id = ?";
  private static final String SET_TURN = "update issuance set turn_at = ? where certificate_id = ?";

  private Issuings() {}

  /**
   * When an order is to be made.
   *
   * @param due whether that is now, by the database's clock
   */
  record Turn(Instant at, boolean due) {}

  static Optional<Turn> turn(Connection connection, UUID certificate) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(TURN)) {
      select.setObject(1, certificate);
      try (ResultSet row = select.executeQuery()) {
        OffsetDateTime at = row.next() ? row.getObject(1, OffsetDateTime.class) : null;
        return at == null
            ? Optional.empty()
            : Optional.of(new Turn(at.toInstant(), row.getBoolean(2)));
      }
    }
  }

  /**
   * @param at null once it was used, or is not kept any more
   */
  static void setTurn(Connection connection, UUID certificate, @Nullable Instant at)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(SET_TURN)) {
      update.setObject(1, at == null ? null : at.atOffset(ZoneOffset.UTC));
      update.setObject(2, certificate);
      update.executeUpdate();
    }
  }

  /** The certificates that are on their way from an issuer. */
  static Set<String> of(Connection connection, UUID issuer) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OF_ISSUER)) {
      select.setObject(1, issuer);
      Set<String> all = new HashSet<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          all.add(row.getString(1));
        }
      }
      return all;
    }
  }

  static Optional<Issuing> find(Connection connection, UUID certificate) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, certificate);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Issuing(
                    certificate,
                    row.getInt(1),
                    row.getObject(2, UUID.class),
                    row.getObject(3, UUID.class),
                    row.getString(4),
                    row.getBytes(5),
                    row.getString(6),
                    row.getBoolean(7),
                    Json.MAPPER.readValue(row.getString(8), Issuance.class)))
            : Optional.empty();
      }
    } catch (JsonProcessingException e) {
      throw new SQLException("an issuance is damaged", e);
    }
  }

  static void begin(Connection connection, Issuing issuing) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, issuing.certificate());
      insert.setInt(2, issuing.number());
      insert.setObject(3, issuing.issuer());
      insert.setObject(4, issuing.key());
      insert.setString(5, issuing.hostKey());
      insert.setBytes(6, issuing.csr());
      insert.setString(7, issuing.askedFor());
      insert.setBoolean(8, issuing.forced());
      insert.setString(9, write(issuing.state()));
      insert.executeUpdate();
    }
  }

  static void advance(Connection connection, Issuing issuing) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      update.setString(1, write(issuing.state()));
      update.setObject(2, issuing.certificate());
      update.executeUpdate();
    }
  }

  static void end(Connection connection, UUID certificate) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setObject(1, certificate);
      delete.executeUpdate();
    }
  }

  private static String write(Issuance state) throws SQLException {
    try {
      return Json.MAPPER.writerFor(Issuance.class).writeValueAsString(state);
    } catch (JsonProcessingException e) {
      throw new SQLException("an issuance cannot be written", e);
    }
  }
}
