package dev.perch.certmon.certificate;

import dev.perch.certmon.issue.RenewalWindow;
import dev.perch.certmon.renewal.Suggestion;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code renewal_info}: of each certificate the newest word about the one in use. */
final class Suggestions {
  private static final String SELECT =
      """
      select starts, ends, explanation, asked_at from renewal_info
      where certificate_id = ? and number = ?
      """;

  private static final String KEEP =
      """
      insert into renewal_info as r (certificate_id, number, starts, ends, explanation)
      values (?, ?, ?, ?, ?)
      on conflict (certificate_id) do update set number = excluded.number,
        starts = excluded.starts, ends = excluded.ends, explanation = excluded.explanation,
        asked_at = excluded.asked_at
      """;

  private static final String FORGET = "delete from renewal_info where certificate_id = ?";

  private Suggestions() {}

  static @Nullable Suggestion find(Connection connection, UUID certificate, int number)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, certificate);
      select.setInt(2, number);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        String explanation = row.getString(3);
        return new Suggestion(
            row.getObject(1, OffsetDateTime.class).toInstant(),
            row.getObject(2, OffsetDateTime.class).toInstant(),
            explanation == null ? null : URI.create(explanation),
            row.getObject(4, OffsetDateTime.class).toInstant());
      }
    }
  }

  static void keep(Connection connection, UUID certificate, int number, RenewalWindow window)
      throws SQLException {
    try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
      keep.setObject(1, certificate);
      keep.setInt(2, number);
      keep.setObject(3, window.start().atOffset(ZoneOffset.UTC));
      keep.setObject(4, window.end().atOffset(ZoneOffset.UTC));
      keep.setString(5, window.explanation() == null ? null : window.explanation().toString());
      keep.executeUpdate();
    }
  }

  static void forget(Connection connection, UUID certificate) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setObject(1, certificate);
      delete.executeUpdate();
    }
  }
}
