package dev.perch.kit.inbox;

import dev.perch.contract.Topic;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what is newer than anything applied for its key, and remembers it: the table {@code
 * inbox_version} of one consumer. Duplicates, reordered and re-read records stop here, so a
 * projection needs no version of its own. A deletion is a version like any other, remembered as
 * long as tombstones live.
 */
final class Guard {
  // Both parts of one statement see the table as it was before it. The limit keeps the planner from
  // reading a whole consumer's keys to find a thousand of them.
  private static final String ADMIT =
      """
      with incoming as (
        select * from unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::boolean[], ?::int[])
          as r (topic, key, epoch, sequence, deleted, partition)),
      before as (
        select v.topic, v.key, v.epoch, v.sequence
        from incoming i
        cross join lateral (
          select * from inbox_version v
          where v.consumer = ? and v.topic = i.topic and v.key = i.key limit 1) v),
      admitted as (
        insert into inbox_version as v
          (consumer, topic, key, epoch, sequence, deleted_at, partition)
        select ?, topic, key, epoch, sequence, case when deleted then now() end, partition
        from incoming
        on conflict (consumer, topic, key) do update
        set epoch = excluded.epoch, sequence = excluded.sequence, deleted_at = excluded.deleted_at,
          partition = excluded.partition
        where (v.epoch, v.sequence) < (excluded.epoch, excluded.sequence)
        returning topic, key)
      select a.topic, a.key, coalesce(b.epoch, -1), coalesce(b.sequence, -1)
      from admitted a left join before b using (topic, key)
      """;

  private record Key(String topic, String key) {
    static Key of(Received record) {
      return new Key(record.topic(), record.key());
    }
  }

  private record Version(long epoch, long sequence) implements Comparable<Version> {
    private static final Comparator<Version> ORDER =
        Comparator.comparingLong(Version::epoch).thenComparingLong(Version::sequence);

    static Version of(Received record) {
      return new Version(record.epoch(), record.sequence());
    }

    @Override
    public int compareTo(Version other) {
      return ORDER.compare(this, other);
    }
  }

  private final String consumer;
  private final Map<String, Topic.Kind> kinds;

  Guard(Projection projection) {
    consumer = projection.consumer();
    kinds = new HashMap<>();
    projection.topics().forEach(topic -> kinds.put(topic.name(), topic.kind()));
  }

  /**
   * @param records in the order of their offsets
   * @return the newer ones in the same order: of a state topic the newest per key, of a log all
   */
  List<Received> admit(Connection connection, List<Received> records) throws SQLException {
    Map<Key, Received> newest = new LinkedHashMap<>();
    for (Received record : records) {
      newest.merge(Key.of(record), record, Guard::newer);
    }
    Map<Key, Version> last = remember(connection, List.copyOf(newest.values()));

    List<Received> admitted = new ArrayList<>(last.size());
    for (Received record : records) {
      Version before = last.get(Key.of(record));
      if (before != null
          && Version.of(record).compareTo(before) > 0
          && (isLog(record) || isSameVersion(record, newest.get(Key.of(record))))) {
        admitted.add(record);
        last.put(Key.of(record), Version.of(record));
      }
    }
    return admitted;
  }

  private boolean isLog(Received record) {
    return kinds.get(record.topic()) == Topic.Kind.LOG;
  }

  private static boolean isSameVersion(Received record, @Nullable Received newest) {
    return newest != null && Version.of(record).equals(Version.of(newest));
  }

  private static Received newer(Received one, Received other) {
    return Version.of(other).compareTo(Version.of(one)) > 0 ? other : one;
  }

  /** Returns, for each key that has moved, its version before. */
  private Map<Key, Version> remember(Connection connection, List<Received> newest)
      throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(ADMIT)) {
      upsert.setArray(1, array(connection, "text", newest, Received::topic));
      upsert.setArray(2, array(connection, "text", newest, Received::key));
      upsert.setArray(3, array(connection, "bigint", newest, Received::epoch));
      upsert.setArray(4, array(connection, "bigint", newest, Received::sequence));
      upsert.setArray(5, array(connection, "boolean", newest, Received::isTombstone));
      upsert.setArray(6, array(connection, "int", newest, Received::partition));
      upsert.setString(7, consumer);
      upsert.setString(8, consumer);
      Map<Key, Version> before = new HashMap<>();
      try (ResultSet row = upsert.executeQuery()) {
        while (row.next()) {
          before.put(
              new Key(row.getString(1), row.getString(2)),
              new Version(row.getLong(3), row.getLong(4)));
        }
      }
      return before;
    }
  }

  private static Array array(
      Connection connection, String type, List<Received> records, Function<Received, Object> column)
      throws SQLException {
    return connection.createArrayOf(type, records.stream().map(column).toArray());
  }
}
