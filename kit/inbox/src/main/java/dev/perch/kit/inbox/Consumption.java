package dev.perch.kit.inbox;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer in this process: places its partitions, applies its batches, and waits out whatever
 * passes. Knows no framework; whoever polls calls {@link #assigned} and {@link #revoked} from its
 * rebalance listener, and {@link #process} with what it polled, one batch after the other.
 */
final class Consumption implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Consumption.class);

  private final String consumer;
  private final Holdings holdings = new Holdings();
  private final Placement placement;
  private final BatchTransaction transaction;
  private final Backoff backoff;
  private final Distress distress;
  private final InboxMeters meters;
  private final Spans spans;
  private volatile boolean closed;

  Consumption(
      String consumer,
      Placement placement,
      BatchTransaction transaction,
      Backoff backoff,
      Distress distress,
      InboxMeters meters,
      Spans spans) {
    this.consumer = consumer;
    this.placement = placement;
    this.transaction = transaction;
    this.backoff = backoff;
    this.distress = distress;
    this.meters = meters;
    this.spans = spans;
  }

  /**
   * The group has a new generation. Seeks every added partition, and every one that was misplaced,
   * to where the database says; tries until it can, so the calling thread does not poll before.
   */
  void assigned(Consumer<?, ?> kafka, Collection<TopicPartition> added) {
    holdings.joined(kafka.groupMetadata().generationId());
    Set<TopicPartition> partitions = new HashSet<>(added);
    partitions.addAll(holdings.misplaced());
    partitions.retainAll(kafka.assignment());
    for (int attempt = 1; !partitions.isEmpty() && !closed; attempt++) {
      try {
        placement
            .find(kafka, partitions, holdings::isFromStart)
            .forEach(
                (partition, position) -> {
                  kafka.seek(partition, position.next());
                  holdings.place(partition, position);
                });
        distress.over();
        return;
      } catch (Exception e) {
        waitAfter(e, attempt, "Partitions could not be placed");
      }
    }
  }

  void revoked(Collection<TopicPartition> partitions) {
    holdings.release(partitions);
  }

  /** Whether some partition waits for a rejoin of the group. */
  boolean isMisplaced() {
    return !holdings.misplaced().isEmpty();
  }

  /** The topics of the broker, as they are now; partitions of another topic are misplaced. */
  void compareTopics(Map<String, UUID> ids) {
    holdings.compareTopics(ids);
  }

  Duration lag() {
    return meters.lag();
  }

  /**
   * Returns when what this process may apply of a batch is committed, or when it is closed.
   *
   * @param generation the group's, when the batch was polled
   */
  void process(int generation, Iterable<ConsumerRecord<String, byte[]>> batch) {
    Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> partitions =
        StreamSupport.stream(batch.spliterator(), false)
            .collect(
                groupingBy(
                    record -> new TopicPartition(record.topic(), record.partition()),
                    LinkedHashMap::new,
                    toList()));
    for (int attempt = 1; !closed; attempt++) {
      List<Claim> claims = holdings.claim(generation, partitions);
      if (claims.isEmpty()) {
        break;
      }
      meters.pending(claims);
      int tries = attempt;
      try {
        spans.during(consumer, claims, () -> commit(claims, tries));
        break;
      } catch (Exception e) {
        waitAfter(e, attempt, "Batch could not be applied");
      }
    }
    meters.nothingPending();
  }

  private void commit(List<Claim> claims, int attempt) throws Exception {
    BatchTransaction.Result result = transaction.run(claims, attempt);
    holdings.misplace(result.misplaced());
    for (Claim claim : claims) {
      var position = result.positions().get(claim.partition());
      if (position != null) {
        holdings.settle(claim, position);
      }
    }
    meters.committed(result);
    distress.over();
    distress.rejected(result.rejected());
  }

  private void waitAfter(Exception e, int attempt, String what) {
    Fault fault = Fault.of(e);
    distress.failed(Instant.now(), fault);
    Duration pause = backoff.after(attempt);
    LOG.atWarn()
        .addKeyValue("consumer", consumer)
        .addKeyValue("attempt", attempt)
        .addKeyValue("pause", pause)
        .addKeyValue("reason", fault.reason())
        .log(what);
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      closed = true;
      Thread.currentThread().interrupt();
    }
  }

  /** Ends every wait; what is not committed is read again by whoever holds the partition next. */
  @Override
  public void close() {
    closed = true;
  }
}
