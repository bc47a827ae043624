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

/** The table {@code inbox_letter}. */
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

  private static final String LIST =
      """
      select consumer, topic, partition, record_offset, key, letter_offset, code, reason, attempts,
        rejected_at, resolved_at, resolution
      from inbox_letter
      where (consumer, letter_offset) > (?, ?) and consumer = coalesce(?, consumer)
        and (resolved_at is null or ?)
      order by consumer, letter_offset
      limit ?
      """;

  private static final String NAMED =
      """
      select consumer, topic, partition, record_offset, key, letter_offset, code, reason, attempts,
        rejected_at, resolved_at, resolution
      from inbox_letter
      where consumer = ? and letter_offset = any (?) and resolved_at is null
      order by letter_offset
      """;

  private static final String RESOLVE =
      "update inbox_letter set resolved_at = now(), resolution = ?, attempts = attempts + ?"
          + " where consumer = ? and letter_offset = ? and resolved_at is null";

  private static final String FAIL =
      "update inbox_letter set attempts = attempts + 1, code = ?, reason = ?"
          + " where consumer = ? and letter_offset = ? and resolved_at is null";

  void enter(Connection connection, List<Letter> letters) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ENTER)) {
      for (Letter letter : letters) {
        insert.setString(1, letter.consumer());
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

  /** Which letters to list; {@code after} places the page. */
  record Query(@Nullable String consumer, boolean withResolved, After after, int limit) {}

  /** The consumer and letter offset of the last letter of the page before. */
  record After(String consumer, long letterOffset) {
    static final After NOTHING = new After("", -1);
  }

  List<Letter> list(Connection connection, Query query) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LIST)) {
      select.setString(1, query.after().consumer());
      select.setLong(2, query.after().letterOffset());
      select.setString(3, query.consumer());
      select.setBoolean(4, query.withResolved());
      select.setInt(5, query.limit());
      return letters(select);
    }
  }

  /** Those of the letters that wait. */
  List<Letter> waiting(Connection connection, String consumer, List<Long> letterOffsets)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NAMED)) {
      select.setString(1, consumer);
      select.setArray(2, connection.createArrayOf("bigint", letterOffsets.toArray()));
      return letters(select);
    }
  }

  /** The oldest letters of a consumer that wait. */
  List<Letter> waiting(Connection connection, String consumer, int limit) throws SQLException {
    return list(connection, new Query(consumer, false, After.NOTHING, limit));
  }

  /** Returns false if the letter is not waiting. */
  boolean resolve(Connection connection, Letter letter, Letter.Resolution resolution)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(RESOLVE)) {
      update.setString(1, resolution.name().toLowerCase(Locale.ROOT));
      update.setInt(2, resolution == Letter.Resolution.DISCARDED ? 0 : 1);
      update.setString(3, letter.consumer());
      update.setLong(4, letter.letterOffset());
      return update.executeUpdate() == 1;
    }
  }

  void failedAgain(Connection connection, Letter letter, Fault.Permanent why) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(FAIL)) {
      update.setString(1, why.code());
      update.setString(2, storable(why.reason()));
      update.setString(3, letter.consumer());
      update.setLong(4, letter.letterOffset());
      update.executeUpdate();
    }
  }

  private static List<Letter> letters(PreparedStatement select) throws SQLException {
    List<Letter> letters = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        letters.add(letter(row));
      }
    }
    return letters;
  }

  private static Letter letter(ResultSet row) throws SQLException {
    return new Letter(
        row.getString(1),
        row.getString(2),
        row.getInt(3),
        row.getLong(4),
        row.getString(5),
        row.getLong(6),
        row.getString(7),
        row.getString(8),
        row.getInt(9),
        row.getObject(10, OffsetDateTime.class).toInstant(),
        instant(row.getObject(11, OffsetDateTime.class)),
        resolution(row.getString(12)));
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
