package dev.perch.certmon.certificate;

import dev.perch.contract.Cause;
import dev.perch.contract.certmon.Certificate;
import dev.perch.kit.timeline.ResourceBook;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What goes with a certificate. Its revisions stay, without keys: a revocation list needs them. */
final class Removal {
  private static final String WITHOUT_KEYS =
      "update revision set key_id = null where certificate_id = ?";
  private static final String UNUSED =
      """
      update revision set status = 'SUPERSEDED' where certificate_id = ? and status = 'ACTIVE'
      """;

  private Removal() {}

  static void remove(
      Connection connection,
      ResourceBook<Certificate> certificates,
      Situation situation,
      Cause cause)
      throws SQLException {
    UUID id = situation.certificate().id();
    List<UUID> keys = new ArrayList<>(Revisions.keys(connection, id));
    Issuing issuing = situation.issuing();
    if (issuing != null && issuing.key() != null) {
      keys.add(issuing.key());
    }
    for (String statement : List.of(UNUSED, WITHOUT_KEYS)) {
      try (PreparedStatement update = connection.prepareStatement(statement)) {
        update.setObject(1, id);
        update.executeUpdate();
      }
    }
    certificates.remove(connection, situation.certificate(), cause);
    Revisions.sweep(connection, keys);
  }
}
