package dev.perch.kit.inbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds where to read a partition from: where the database says, if the topic is still that one.
 */
final class Placement {
  private static final Logger LOG = LoggerFactory.getLogger(Placement.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Transactions transactions;
  private final Offsets offsets;
  private final Broker broker;

  Placement(String consumer, Transactions transactions, Broker broker) {
    this.transactions = transactions;
    this.broker = broker;
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
            Position row = fromStart.test(partition) ? null : rows.get(partition);
            found.put(partition, next(partition, row, new Position(id, start), end));
          }
          offsets.put(connection, found);
          return found;
        });
  }

  private static Position next(
      TopicPartition partition, @Nullable Position row, Position start, long end) {
    if (row == null) {
      return start;
    }
    if (!row.topicId().equals(start.topicId()) || row.next() > end) {
      report("Partition is read again from its start", partition, row, start);
      return start;
    }
    if (row.next() < start.next()) {
      report("Records have expired before they were read", partition, row, start);
      return start;
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
