package dev.perch.kit.web.watch;

import dev.perch.kit.web.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads what lies between a cursor and the window from the broker, for one watcher. */
final class CatchUp implements Source {
  // The window may have taken over in the meantime.
  private static final Duration LONGEST_POLL = Duration.ofMillis(200);

  private final KafkaConsumer<String, String> consumer;
  private final List<TopicPartition> partitions;
  private final Runnable closed;
  private Position position;

  private CatchUp(
      KafkaConsumer<String, String> consumer,
      List<TopicPartition> partitions,
      Position position,
      Runnable closed) {
    this.consumer = consumer;
    this.partitions = partitions;
    this.position = position;
    this.closed = closed;
  }

  /**
   * @param closed runs when this is closed, not when it could not be opened
   * @throws dev.perch.kit.web.ProblemException {@link Problem.CursorGone} when the topic is another
   *     one by now, or no longer or not yet has what comes after the cursor
   * @throws org.apache.kafka.common.KafkaException when the broker did not say
   */
  static CatchUp from(Log log, Position cursor, Runnable closed) {
    TopicDescription topic;
    try {
      topic = log.describe();
    } catch (Log.Absent e) {
      throw new Problem.CursorGone().asException();
    }
    List<TopicPartition> partitions = log.partitions(topic);
    if (!topic.topicId().equals(cursor.topic()) || partitions.size() != cursor.partitions()) {
      throw new Problem.CursorGone().asException();
    }
    KafkaConsumer<String, String> consumer = log.consumer();
    try {
      consumer.assign(partitions);
      Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
      for (TopicPartition partition : partitions) {
        long next = cursor.next(partition.partition());
        if (next < begin.getOrDefault(partition, 0L) || next > end.getOrDefault(partition, 0L)) {
          throw new Problem.CursorGone().asException();
        }
        consumer.seek(partition, next);
      }
      return new CatchUp(consumer, partitions, cursor, closed);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  @Override
  public Position position() {
    return position;
  }

  /**
   * @throws org.apache.kafka.common.KafkaException when the broker dropped what comes next
   */
  @Override
  public List<ChangeEvent> next(Duration patience) {
    Duration poll = patience.compareTo(LONGEST_POLL) < 0 ? patience : LONGEST_POLL;
    List<ChangeEvent> events = new ArrayList<>();
    for (ConsumerRecord<String, String> record : consumer.poll(poll)) {
      ChangeEvent event = ChangeEvent.of(record);
      if (event != null) {
        events.add(event);
      }
    }
    long[] next = new long[partitions.size()];
    partitions.forEach(partition -> next[partition.partition()] = consumer.position(partition));
    position = new Position(position.topic(), next);
    return events;
  }

  @Override
  public void close() {
    // A watcher that left was interrupted, and an interrupted consumer does not close in peace.
    boolean interrupted = Thread.interrupted();
    try {
      consumer.close();
    } finally {
      closed.run();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
