package dev.perch.kit.inbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions this process holds, and from where on it has read each of them.
 *
 * <p>A batch waits in buffers between the poll and its transaction; meanwhile its partition may
 * have been placed anew. Each batch carries the group's generation at its poll: what was polled
 * before the partition was placed is not the partition's next records and is dropped. A partition
 * is <em>misplaced</em> when what the broker or the database says does not follow from what was
 * read; nothing of it is applied until a rejoin of the group places it again.
 */
final class Holdings {

  /**
   * @param since the generation in which the partition was placed
   * @param stored how far it was applied, as far as this process knows
   * @param delivered the offset after the last record this process was given
   */
  private record Held(int since, Position stored, long delivered) {}

  private final Map<TopicPartition, Held> held = new HashMap<>();
  private final Set<TopicPartition> misplaced = new HashSet<>();
  private final Set<TopicPartition> fromStart = new HashSet<>();
  private int generation;

  /** The group has a new generation; partitions that stay are kept. */
  synchronized void joined(int generation) {
    this.generation = generation;
  }

  synchronized void place(TopicPartition partition, Position position) {
    held.put(partition, new Held(generation, position, position.next()));
    misplaced.remove(partition);
    fromStart.remove(partition);
  }

  synchronized void release(Collection<TopicPartition> partitions) {
    partitions.forEach(held::remove);
    misplaced.removeAll(partitions);
    fromStart.removeAll(partitions);
  }

  /** The partitions a rejoin must place again. */
  synchronized Set<TopicPartition> misplaced() {
    return Set.copyOf(misplaced);
  }

  /** Whether a misplaced partition is to be read from its start, whatever the database says. */
  synchronized boolean isFromStart(TopicPartition partition) {
    return fromStart.contains(partition);
  }

  synchronized void misplace(Collection<TopicPartition> partitions) {
    partitions.stream().filter(held::containsKey).forEach(misplaced::add);
  }

  /** The partitions of a topic that is no longer the one they were placed on are misplaced. */
  synchronized void compareTopics(Map<String, UUID> ids) {
    held.forEach(
        (partition, where) -> {
          UUID id = ids.get(partition.topic());
          if (id != null && !id.equals(where.stored().topicId())) {
            misplaced.add(partition);
          }
        });
  }

  /** What of a batch may be applied; the rest is no longer ours, or comes again. */
  synchronized List<Claim> claim(
      int polledIn, Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> batch) {
    List<Claim> claims = new ArrayList<>(batch.size());
    batch.forEach(
        (partition, records) -> {
          Held where = held.get(partition);
          if (where == null || misplaced.contains(partition) || polledIn < where.since()) {
            return;
          }
          if (polledIn > generation) {
            misplaced.add(partition);
          } else if (records.getFirst().offset() < where.delivered()) {
            // The broker has lost its end, or the topic is another one.
            misplaced.add(partition);
            fromStart.add(partition);
          } else {
            claims.add(new Claim(partition, where.since(), where.stored(), records));
          }
        });
    return claims;
  }

  /** A claim was applied, and the database's row is now at {@code stored}. */
  synchronized void settle(Claim claim, Position stored) {
    held.computeIfPresent(
        claim.partition(),
        (partition, where) ->
            // Placed anew in the meantime: the claim says nothing about where it is now.
            where.since() == claim.placedIn()
                ? new Held(where.since(), stored, claim.end())
                : where);
  }
}
