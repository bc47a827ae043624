package dev.perch.kit.inbox;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The part of a batch that comes from one partition this consumer holds.
 *
 * @param placedIn the generation in which the partition was placed
 * @param expected how far this consumer believes the partition was applied
 * @param records never empty, in the order of their offsets, without a gap to what this consumer
 *     was given before
 */
record Claim(
    TopicPartition partition,
    int placedIn,
    Position expected,
    List<ConsumerRecord<String, byte[]>> records) {

  /** The offset after the last record. */
  long end() {
    return records.getLast().offset() + 1;
  }

  /** Whether the row is as expected, or another consumer of the group has moved it forward. */
  boolean agreesWith(Position row) {
    return row.topicId().equals(expected.topicId()) && row.next() >= expected.next();
  }
}
