package dev.perch.kit.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row as the relay reads it. The payloads are the text columns' bytes as the database sent them,
 * UTF-8, which is what Kafka gets: they are never decoded here.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never kept
record OutboxRow(
    long id,
    String stateTopic,
    String stateType,
    @Nullable String logTopic,
    @Nullable String logType,
    String key,
    long version,
    long epoch,
    @Nullable UUID site,
    byte @Nullable [] state,
    byte @Nullable [] change,
    @Nullable String traceparent,
    Instant createdAt) {

  /** A batch has at most this many rows. */
  static final int MAX_ROWS = 1000;

  /** A batch ends with the row that makes it this large. */
  static final long MAX_BATCH_BYTES = 16L << 20;

  /** The table's columns, in the order of {@link #read}. */
  static final String COLUMNS =
      "id, state_topic, state_type, log_topic, log_type, key, version, epoch, site, state, change,"
          + " traceparent, created_at";

  private static final String LOWEST =
      """
      select %s
      from (select *, sum(coalesce(octet_length(state), 0) + coalesce(octet_length(change), 0))
                      over (order by id rows between unbounded preceding and 1 preceding) as before
            from (select * from outbox where id > ? order by id limit ?) as lowest) as summed
      where coalesce(before, 0) < ?
      order by id
      """
          .formatted(COLUMNS);

  /** The rows with the lowest ids above this one, at most so many, and as make a batch. */
  static List<OutboxRow> lowest(Connection connection, long above, int limit) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LOWEST)) {
      select.setLong(1, above);
      select.setInt(2, limit);
      select.setLong(3, MAX_BATCH_BYTES);
      try (ResultSet rows = select.executeQuery()) {
        List<OutboxRow> lowest = new ArrayList<>();
        while (rows.next()) {
          lowest.add(read(rows));
        }
        return lowest;
      }
    }
  }

  static void delete(Connection connection, List<OutboxRow> rows) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from outbox where id = any(?)")) {
      delete.setArray(
          1, connection.createArrayOf("bigint", rows.stream().map(OutboxRow::id).toArray()));
      delete.executeUpdate();
    }
  }

  private static OutboxRow read(ResultSet row) throws SQLException {
    return new OutboxRow(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getLong(7),
        row.getLong(8),
        row.getObject(9, UUID.class),
        row.getBytes(10),
        row.getBytes(11),
        row.getString(12),
        row.getObject(13, OffsetDateTime.class).toInstant());
  }

  Subject subject() {
    return new Subject(stateTopic, key);
  }
}
