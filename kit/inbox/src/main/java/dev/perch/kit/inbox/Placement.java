package dev.perch.kit.inbox;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds where to read a partition from: where the database says, if the topic is still that one and
 * still has all that the database has not seen.
 */
final class Placement {
  private static final Logger LOG = LoggerFactory.getLogger(Placement.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Transactions transactions;
  private final Offsets offsets;
  private final Broker broker;
  private final Freshness freshness;
  private final Sweep sweep;
  private final Clock clock;

  Placement(
      String consumer,
      Transactions transactions,
      Broker broker,
      Freshness freshness,
      Sweep sweep,
      Clock clock) {
    this.transactions = transactions;
    this.broker = broker;
    this.freshness = freshness;
    this.sweep = sweep;
    this.clock = clock;
    offsets = new Offsets(consumer);
  }

  /**
   * Finds the positions and stores them, so that whoever still holds an older one sees that it is
   * too late.
   *
   * @param kafka used for look-ups only; on its own thread
   * @param fromStart partitions to read from the start, whatever the database says
   */
  Map<TopicPartition, Position> find(
      Consumer<?, ?> kafka,
      Collection<TopicPartition> partitions,
      Predicate<TopicPartition> fromStart)
      throws SQLException {
    return transactions.run(
        connection -> {
          // The broker is asked while nobody can move the rows.
          Map<TopicPartition, Position> rows = offsets.lock(connection, partitions);
          Instant now = clock.instant();
          Map<TopicPartition, Long> starts = kafka.beginningOffsets(partitions, PATIENCE);
          Map<TopicPartition, Long> ends = kafka.endOffsets(partitions, PATIENCE);
          Map<String, UUID> ids =
              broker.topicIds(partitions.stream().map(TopicPartition::topic).distinct().toList());
          Map<TopicPartition, Position> found = new HashMap<>();
          for (TopicPartition partition : partitions) {
            UUID id = ids.get(partition.topic());
            Long start = starts.get(partition);
            Long end = ends.get(partition);
            if (id == null || start == null || end == null) {
              throw new UnknownTopicOrPartitionException(partition.toString());
            }
            Position first = Position.first(id, start, now);
            Position row = rows.get(partition);
            Position position =
                row == null
                    ? first
                    : fromStart.test(partition)
                        ? row.movedTo(first)
                        : next(partition, row, first, end);
            found.put(partition, sweep.ifComplete(connection, partition, position));
          }
          offsets.put(connection, found);
          return found;
        });
  }

  private Position next(TopicPartition partition, Position row, Position first, long end) {
    if (!row.topicId().equals(first.topicId()) || row.next() > end) {
      // Its owner may not have published everything again yet: nothing is swept.
      report("Partition is read again from its start", partition, row, first);
      return row.movedTo(first);
    }
    if (freshness.isOfState(partition)
        && (row.next() < first.next() || freshness.isStale(partition, row))) {
      report("Deletions may have been missed; all is read again", partition, row, first);
      return row.nextPass(first.next(), end, first.caughtUpAt());
    }
    if (row.next() < first.next()) {
      report("Records have expired before they were read", partition, row, first);
      return row.movedTo(first);
    }
    return row;
  }

  private static void report(String what, TopicPartition partition, Position row, Position start) {
    LOG.atWarn()
        .addKeyValue("topic", partition.topic())
        .addKeyValue("partition", partition.partition())
        .addKeyValue("offset", row.next())
        .addKeyValue("start", start.next())
        .log(what);
  }
}
