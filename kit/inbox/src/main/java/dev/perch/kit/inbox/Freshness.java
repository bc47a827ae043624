package dev.perch.kit.inbox;

import dev.perch.contract.Topic;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows how long ago a consumer had read all there was, per partition of its state topics. After
 * that a deletion may have come and gone: the record by compaction, its tombstone by age. A
 * partition that is stale is read again from its start, see {@link Placement}.
 */
final class Freshness {
  /** A day before the first missed tombstone may be gone, so that there is time to read. */
  private static final Duration LIMIT = Topic.RETENTION.minusDays(1);

  /** A quiet partition brings no records that would show that nothing is missed. */
  private static final Duration REVIEW = Duration.ofHours(1);

  private static final String OLDER =
      """
      select topic, partition from inbox_offset
      where consumer = ? and topic = any (?) and caught_up_at < ?
      """;

  private static final String CONFIRM =
      """
      update inbox_offset o set caught_up_at = ?
      from unnest(?::text[], ?::int[], ?::bigint[]) as e (topic, partition, ending)
      where o.consumer = ? and o.topic = e.topic and o.partition = e.partition
        and o.next_offset >= e.ending and o.caught_up_at < ? and o.sweep_at is null
      """;

  private final String consumer;
  private final Set<String> stateTopics;
  private final Transactions transactions;
  private final Broker broker;
  private final Clock clock;

  Freshness(Projection projection, Transactions transactions, Broker broker, Clock clock) {
    consumer = projection.consumer();
    stateTopics =
        projection.topics().stream()
            .filter(topic -> topic.kind() == Topic.Kind.STATE)
            .map(Topic::name)
            .collect(Collectors.toUnmodifiableSet());
    this.transactions = transactions;
    this.broker = broker;
    this.clock = clock;
  }

  /** Whether deletions leave nothing behind on the topic some day. */
  boolean isOfState(TopicPartition partition) {
    return stateTopics.contains(partition.topic());
  }

  /** Whether deletions may have been missed, if the partition is read on from there. */
  boolean isStale(TopicPartition partition, Position position) {
    return isOfState(partition) && position.caughtUpAt().isBefore(clock.instant().minus(LIMIT));
  }

  /** Notes which quiet partitions have been read to their end. */
  void confirm() throws SQLException {
    Instant now = clock.instant();
    List<TopicPartition> quiet = transactions.run(session -> older(session, now.minus(REVIEW)));
    if (quiet.isEmpty()) {
      return;
    }
    // Asked after `now`: who has read up to there has read all that was appended before it.
    Map<TopicPartition, Long> ends = broker.ends(quiet);
    transactions.run(session -> confirm(session, ends, now));
  }

  private List<TopicPartition> older(Connection session, Instant than) throws SQLException {
    try (PreparedStatement select = session.prepareStatement(OLDER)) {
      select.setString(1, consumer);
      select.setArray(2, session.createArrayOf("text", stateTopics.toArray()));
      select.setObject(3, than.atOffset(ZoneOffset.UTC));
      List<TopicPartition> older = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          older.add(new TopicPartition(row.getString(1), row.getInt(2)));
        }
      }
      return older;
    }
  }

  private int confirm(Connection session, Map<TopicPartition, Long> ends, Instant now)
      throws SQLException {
    List<TopicPartition> partitions = List.copyOf(ends.keySet());
    try (PreparedStatement update = session.prepareStatement(CONFIRM)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setArray(
          2,
          session.createArrayOf("text", partitions.stream().map(TopicPartition::topic).toArray()));
      update.setArray(
          3,
          session.createArrayOf(
              "int", partitions.stream().map(TopicPartition::partition).toArray()));
      update.setArray(
          4, session.createArrayOf("bigint", partitions.stream().map(ends::get).toArray()));
      update.setString(5, consumer);
      update.setObject(6, now.atOffset(ZoneOffset.UTC));
      return update.executeUpdate();
    }
  }
}
