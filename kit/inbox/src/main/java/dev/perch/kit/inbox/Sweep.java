package dev.perch.kit.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.perch.contract.EventHeaders;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a pass over a partition of a state topic. A topic keeps at least one record of every
 * key that lives; so a key that the consumer holds and a pass from start to end did not meet was
 * deleted, and its tombstone is gone too. The projection is given that tombstone.
 *
 * <p>The newest record of a partition is in its active segment, which is never compacted; so a pass
 * that ends at the topic's end is ended by a record.
 */
final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final int AT_ONCE = 1000;

  private static final String MEET =
      """
      update inbox_version set partition = ?, pass = ?
      where consumer = ? and topic = ? and key = any (?) and (partition, pass) is distinct from (?, ?)
      """;

  private static final String UNMET =
      """
      select key, epoch, sequence from inbox_version
      where consumer = ? and topic = ? and partition = ? and pass <> ? and deleted_at is null
      """;

  // No marker stays: if the topic had lost a living key, its owner publishes it again as it was.
  private static final String FORGET =
      "delete from inbox_version where consumer = ? and topic = ? and key = any (?)";

  private final String consumer;
  private final Segments segments;

  Sweep(Projection projection, Segments segments) {
    consumer = projection.consumer();
    this.segments = segments;
  }

  /**
   * Remembers that the pass has met these keys, whatever became of their records, and sweeps if the
   * pass ends with them.
   *
   * @param position after the claim
   * @return where the partition is then
   */
  Position after(Connection connection, Claim claim, Position position) throws SQLException {
    TopicPartition partition = claim.partition();
    try (PreparedStatement update = connection.prepareStatement(MEET)) {
      update.setInt(1, partition.partition());
      update.setInt(2, position.pass());
      update.setString(3, consumer);
      update.setString(4, partition.topic());
      update.setArray(
          5,
          connection.createArrayOf(
              "text",
              claim.records().stream()
                  .map(ConsumerRecord::key)
                  .filter(Sweep::isStorable)
                  .toArray()));
      update.setInt(6, partition.partition());
      update.setInt(7, position.pass());
      update.executeUpdate();
    }
    return ifComplete(connection, partition, position);
  }

  /** Others were never applied. */
  private static boolean isStorable(@Nullable String key) {
    return key != null && key.indexOf('\0') < 0;
  }

  /**
   * Deletes what a pass did not meet, if it is complete. A key whose deletion the projection
   * refuses stays as it was, and the log says so.
   *
   * @return where the partition is then
   */
  Position ifComplete(Connection connection, TopicPartition partition, Position position)
      throws SQLException {
    if (!position.isPassComplete()) {
      return position;
    }
    List<ConsumerRecord<String, byte[]>> gone = unmet(connection, partition, position);
    int deleted = 0;
    for (int from = 0; from < gone.size(); from += AT_ONCE) {
      deleted += delete(connection, gone.subList(from, Math.min(from + AT_ONCE, gone.size())));
    }
    LOG.atInfo()
        .addKeyValue("consumer", consumer)
        .addKeyValue("topic", partition.topic())
        .addKeyValue("partition", partition.partition())
        .addKeyValue("deleted", deleted)
        .log("Partition was read again, and what is no longer in it was deleted");
    return position.swept();
  }

  private int delete(Connection connection, List<ConsumerRecord<String, byte[]>> tombstones)
      throws SQLException {
    Segments.Outcome outcome = segments.apply(connection, tombstones);
    Set<String> keys = new HashSet<>();
    tombstones.forEach(tombstone -> keys.add(tombstone.key()));
    for (Rejected refused : outcome.rejected()) {
      keys.remove(refused.record().key());
      LOG.atWarn()
          .addKeyValue("consumer", consumer)
          .addKeyValue("topic", refused.record().topic())
          .addKeyValue("key", refused.record().key())
          .addKeyValue("reason", refused.why().reason())
          .log("Projection refuses to delete what is gone; it keeps it");
    }
    try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
      forget.setString(1, consumer);
      forget.setString(2, tombstones.getFirst().topic());
      forget.setArray(3, connection.createArrayOf("text", keys.toArray()));
      forget.executeUpdate();
    }
    return keys.size();
  }

  private List<ConsumerRecord<String, byte[]>> unmet(
      Connection connection, TopicPartition partition, Position complete) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(UNMET)) {
      select.setString(1, consumer);
      select.setString(2, partition.topic());
      select.setInt(3, partition.partition());
      select.setInt(4, complete.pass());
      List<ConsumerRecord<String, byte[]>> tombstones = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          tombstones.add(
              tombstone(
                  partition, complete.next(), row.getString(1), row.getLong(2), row.getLong(3)));
        }
      }
      return tombstones;
    }
  }

  /** What the topic had when the key was deleted: a version after the last that was applied. */
  private static ConsumerRecord<String, byte[]> tombstone(
      TopicPartition partition, long next, String key, long epoch, long sequence) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(EventHeaders.EPOCH, Long.toString(epoch).getBytes(UTF_8));
    headers.add(EventHeaders.SEQUENCE, Long.toString(sequence + 1).getBytes(UTF_8));
    byte @Nullable [] none = null;
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        Math.max(0, next - 1),
        ConsumerRecord.NO_TIMESTAMP,
        TimestampType.NO_TIMESTAMP_TYPE,
        ConsumerRecord.NULL_SIZE,
        ConsumerRecord.NULL_SIZE,
        key,
        none,
        headers,
        Optional.empty());
  }
}
