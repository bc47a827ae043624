package dev.perch.kit.inbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The table {@code inbox_offset} of one consumer. */
final class Offsets {
  // In one order, so that two transactions never wait for each other.
  private static final String LOCK =
      """
      select o.topic, o.partition, o.topic_id, o.next_offset, o.caught_up_at, o.pass, o.sweep_at
      from inbox_offset o
      join unnest(?::text[], ?::int[]) as p (topic, partition)
        on o.topic = p.topic and o.partition = p.partition
      where o.consumer = ?
      order by o.topic, o.partition
      for update of o
      """;

  private static final String PUT =
      """
      insert into inbox_offset
        (consumer, topic, partition, topic_id, next_offset, caught_up_at, pass, sweep_at)
      select ?, p.topic, p.partition, p.topic_id, p.next_offset, least(p.caught_up_at, now()),
        p.pass, p.sweep_at
      from unnest(?::text[], ?::int[], ?::uuid[], ?::bigint[], ?::timestamptz[], ?::int[],
          ?::bigint[])
        as p (topic, partition, topic_id, next_offset, caught_up_at, pass, sweep_at)
      order by p.topic, p.partition
      on conflict (consumer, topic, partition) do update
      set topic_id = excluded.topic_id, next_offset = excluded.next_offset,
        caught_up_at = excluded.caught_up_at, pass = excluded.pass, sweep_at = excluded.sweep_at,
        updated_at = now()
      """;

  private final String consumer;

  Offsets(String consumer) {
    this.consumer = consumer;
  }

  /** Locks the rows until the transaction ends; partitions that have none are left out. */
  Map<TopicPartition, Position> lock(Connection connection, Collection<TopicPartition> partitions)
      throws SQLException {
    List<TopicPartition> sorted = List.copyOf(partitions);
    try (PreparedStatement select = connection.prepareStatement(LOCK)) {
      select.setArray(1, topics(connection, sorted));
      select.setArray(2, numbers(connection, sorted));
      select.setString(3, consumer);
      Map<TopicPartition, Position> positions = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          positions.put(
              new TopicPartition(row.getString(1), row.getInt(2)),
              new Position(
                  row.getObject(3, UUID.class),
                  row.getLong(4),
                  row.getObject(5, OffsetDateTime.class).toInstant(),
                  row.getInt(6),
                  row.getObject(7, Long.class)));
        }
      }
      return positions;
    }
  }

  void put(Connection connection, Map<TopicPartition, Position> positions) throws SQLException {
    List<TopicPartition> partitions = List.copyOf(positions.keySet());
    List<Position> rows = partitions.stream().map(positions::get).toList();
    try (PreparedStatement upsert = connection.prepareStatement(PUT)) {
      upsert.setString(1, consumer);
      upsert.setArray(2, topics(connection, partitions));
      upsert.setArray(3, numbers(connection, partitions));
      upsert.setArray(4, array(connection, "uuid", rows, Position::topicId));
      upsert.setArray(5, array(connection, "bigint", rows, Position::next));
      upsert.setArray(6, array(connection, "timestamptz", rows, Position::caughtUpAt));
      upsert.setArray(7, array(connection, "int", rows, Position::pass));
      upsert.setArray(8, array(connection, "bigint", rows, Position::sweepAt));
      upsert.executeUpdate();
    }
  }

  private static Array array(
      Connection connection,
      String type,
      List<Position> rows,
      Function<Position, @Nullable Object> column)
      throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(column).toArray());
  }

  private static Array topics(Connection connection, List<TopicPartition> partitions)
      throws SQLException {
    return connection.createArrayOf(
        "text", partitions.stream().map(TopicPartition::topic).toArray());
  }

  private static Array numbers(Connection connection, List<TopicPartition> partitions)
      throws SQLException {
    return connection.createArrayOf(
        "int", partitions.stream().map(TopicPartition::partition).toArray());
  }
}
