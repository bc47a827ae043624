package dev.perch.bench.spine;

import dev.perch.contract.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A table of hosts in another database, as a service would keep it: a batch's rows and offsets are
 * one transaction, and only what is newer is applied.
 */
final class Projection {
  private static final String UPSERT =
      """
      insert into host (id, epoch, sequence, value)
      select * from unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::text[])
      on conflict (id) do update
      set epoch = excluded.epoch, sequence = excluded.sequence, value = excluded.value
      where (host.epoch, host.sequence) < (excluded.epoch, excluded.sequence)
      """;
  private static final String OFFSETS =
      """
      insert into progress (partition, next) select * from unnest(?::int[], ?::bigint[])
      on conflict (partition) do update set next = excluded.next
      """;

  private final Connection connection;

  /** Empties the table: each run of a benchmark starts with nothing. */
  Projection(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists host, progress");
      statement.execute(
          """
          create table host
            (id uuid primary key, epoch bigint not null, sequence bigint not null, value text)
          """);
      statement.execute("create table progress (partition int primary key, next bigint not null)");
    }
    connection.commit();
  }

  private record Version(long epoch, long sequence, @Nullable String value) {
    boolean isNewerThan(Version other) {
      return epoch != other.epoch ? epoch > other.epoch : sequence > other.sequence;
    }
  }

  /** Returns when the batch is committed. */
  void apply(
      Collection<ConsumerRecord<String, byte[]>> records,
      Map<TopicPartition, OffsetAndMetadata> next)
      throws SQLException {
    Map<UUID, Version> newest = new LinkedHashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      byte[] value = record.value();
      newest.merge(
          UUID.fromString(record.key()),
          new Version(
              number(record, EventHeaders.EPOCH),
              number(record, EventHeaders.SEQUENCE),
              value == null ? null : new String(value, StandardCharsets.UTF_8)),
          (old, fresh) -> fresh.isNewerThan(old) ? fresh : old);
    }
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT);
        PreparedStatement offsets = connection.prepareStatement(OFFSETS)) {
      upsert.setArray(1, array("uuid", newest.keySet()));
      upsert.setArray(2, array("bigint", newest.values().stream().map(Version::epoch).toList()));
      upsert.setArray(3, array("bigint", newest.values().stream().map(Version::sequence).toList()));
      upsert.setArray(4, array("text", newest.values().stream().map(Version::value).toList()));
      upsert.executeUpdate();
      offsets.setArray(1, array("int", next.keySet().stream().map(p -> p.partition()).toList()));
      offsets.setArray(2, array("bigint", next.values().stream().map(o -> o.offset()).toList()));
      offsets.executeUpdate();
    }
    connection.commit();
  }

  private java.sql.Array array(String type, Collection<?> values) throws SQLException {
    return connection.createArrayOf(type, values.toArray());
  }

  private static long number(ConsumerRecord<String, byte[]> record, String header) {
    return Long.parseLong(
        new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8));
  }
}
