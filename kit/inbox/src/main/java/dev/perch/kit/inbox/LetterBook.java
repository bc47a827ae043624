package dev.perch.kit.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table {@code inbox_letter} of one consumer. */
final class LetterBook {
  private static final String ENTER =
      """
      insert into inbox_letter (consumer, topic, partition, record_offset, key, letter_offset,
        code, reason, attempts, rejected_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (consumer, topic, partition, record_offset) do update
      set key = excluded.key, letter_offset = excluded.letter_offset, code = excluded.code,
        reason = excluded.reason, attempts = excluded.attempts, rejected_at = excluded.rejected_at,
        resolved_at = null, resolution = null
      """;

  private static final String COLUMNS =
      "topic, partition, record_offset, key, letter_offset, code, reason, attempts, rejected_at,"
          + " resolved_at, resolution";

  private static final String LIST =
      "select "
          + COLUMNS
          + " from inbox_letter where consumer = ? and letter_offset > ?"
          + " and (resolved_at is null or not ?) order by letter_offset limit ?";

  private static final String RESOLVE =
      "update inbox_letter set resolved_at = now(), resolution = ?, attempts = attempts + ?"
          + " where consumer = ? and letter_offset = ? and resolved_at is null";

  private static final String FAIL =
      "update inbox_letter set attempts = attempts + 1, code = ?, reason = ?"
          + " where consumer = ? and letter_offset = ? and resolved_at is null";

  private final String consumer;

  LetterBook(String consumer) {
    this.consumer = consumer;
  }

  void enter(Connection connection, List<Letter> letters) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ENTER)) {
      for (Letter letter : letters) {
        insert.setString(1, consumer);
        insert.setString(2, letter.topic());
        insert.setInt(3, letter.partition());
        insert.setLong(4, letter.offset());
        insert.setString(5, storable(letter.key()));
        insert.setLong(6, letter.letterOffset());
        insert.setString(7, letter.code());
        insert.setString(8, storable(letter.reason()));
        insert.setInt(9, letter.attempts());
        insert.setObject(10, letter.rejectedAt().atOffset(ZoneOffset.UTC));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * @param after the letter offset of the last one before; -1 for the first page
   */
  List<Letter> list(Connection connection, boolean openOnly, long after, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LIST)) {
      select.setString(1, consumer);
      select.setLong(2, after);
      select.setBoolean(3, openOnly);
      select.setInt(4, limit);
      List<Letter> letters = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          letters.add(letter(row));
        }
      }
      return letters;
    }
  }

  /** Returns false if the letter is not waiting. */
  boolean resolve(Connection connection, long letterOffset, Letter.Resolution resolution)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(RESOLVE)) {
      update.setString(1, resolution.name().toLowerCase(Locale.ROOT));
      update.setInt(2, resolution == Letter.Resolution.DISCARDED ? 0 : 1);
      update.setString(3, consumer);
      update.setLong(4, letterOffset);
      return update.executeUpdate() == 1;
    }
  }

  void failedAgain(Connection connection, long letterOffset, Fault.Permanent why)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(FAIL)) {
      update.setString(1, why.code());
      update.setString(2, storable(why.reason()));
      update.setString(3, consumer);
      update.setLong(4, letterOffset);
      update.executeUpdate();
    }
  }

  boolean isEmpty(Connection connection) throws SQLException {
    return list(connection, true, -1, 1).isEmpty();
  }

  private static Letter letter(ResultSet row) throws SQLException {
    return new Letter(
        row.getString(1),
        row.getInt(2),
        row.getLong(3),
        row.getString(4),
        row.getLong(5),
        row.getString(6),
        row.getString(7),
        row.getInt(8),
        row.getObject(9, OffsetDateTime.class).toInstant(),
        instant(row.getObject(10, OffsetDateTime.class)),
        resolution(row.getString(11)));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }

  private static Letter.@Nullable Resolution resolution(@Nullable String name) {
    return name == null ? null : Letter.Resolution.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** PostgreSQL's text holds every character but NUL. */
  private static @Nullable String storable(@Nullable String text) {
    return text == null ? null : text.replace('\0', '\uFFFD');
  }
}
