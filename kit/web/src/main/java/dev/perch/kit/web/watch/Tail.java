package dev.perch.kit.web.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a topic from its end into the window, on its own thread, for as long as it runs. The
 * broker may be away and the topic may not be there yet: both are waited for.
 */
final class Tail implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Log log;
  private final Window window;
  private final Duration topicCheck;
  private volatile boolean stopped;
  private volatile @Nullable KafkaConsumer<String, String> current;
  private boolean told;

  Tail(Log log, Window window, Duration topicCheck) {
    this.log = log;
    this.window = window;
    this.topicCheck = topicCheck;
  }

  /** Returns at once. */
  void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    KafkaConsumer<String, String> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  @Override
  public void run() {
    while (!stopped) {
      try (KafkaConsumer<String, String> consumer = log.consumer()) {
        current = consumer;
        follow(consumer);
      } catch (WakeupException e) {
        return;
      } catch (KafkaException e) {
        tell(e);
        rest();
      }
    }
  }

  private void follow(KafkaConsumer<String, String> consumer) {
    TopicDescription topic = log.describe();
    List<TopicPartition> partitions = log.partitions(topic);
    consumer.assign(partitions);
    Position known = window.end();
    if (known == null
        || !known.topic().equals(topic.topicId())
        || known.partitions() != partitions.size()) {
      restart(consumer, topic, partitions);
    } else {
      partitions.forEach(partition -> consumer.seek(partition, known.next(partition.partition())));
    }
    told = false;
    long checkAt = System.nanoTime() + topicCheck.toNanos();
    while (!stopped) {
      try {
        append(consumer.poll(POLL));
      } catch (InvalidOffsetException e) {
        // The broker lost what was read here: offsets begin to mean something else.
        LOG.atWarn()
            .setMessage("The log is shorter than it was")
            .addKeyValue("topic", log.topic())
            .log();
        restart(consumer, topic, partitions);
      }
      if (System.nanoTime() - checkAt >= 0) {
        if (hasChanged(topic)) {
          return;
        }
        checkAt = System.nanoTime() + topicCheck.toNanos();
      }
    }
  }

  private void restart(
      KafkaConsumer<String, String> consumer,
      TopicDescription topic,
      List<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long[] next = new long[partitions.size()];
    ends.forEach((partition, offset) -> next[partition.partition()] = offset);
    ends.forEach(consumer::seek);
    window.restart(topic.topicId(), next);
  }

  private void append(Iterable<ConsumerRecord<String, String>> records) {
    List<ChangeEvent> events = new ArrayList<>();
    for (ConsumerRecord<String, String> record : records) {
      ChangeEvent event = ChangeEvent.of(record);
      if (event != null) {
        events.add(event);
      }
    }
    if (!events.isEmpty()) {
      window.append(events);
    }
  }

  private boolean hasChanged(TopicDescription topic) {
    try {
      TopicDescription now = log.describe();
      return !now.topicId().equals(topic.topicId())
          || now.partitions().size() != topic.partitions().size();
    } catch (Log.Absent e) {
      return true;
    } catch (KafkaException e) {
      // The broker is away: nothing is known to have changed.
      return false;
    }
  }

  private void tell(KafkaException e) {
    if (!told) {
      LOG.atWarn()
          .setMessage("Changes cannot be followed; trying again until they can")
          .addKeyValue("topic", log.topic())
          .addKeyValue("cause", e.getMessage())
          .log();
      told = true;
    }
  }

  private void rest() {
    try {
      Thread.sleep(AGAIN);
    } catch (InterruptedException e) {
      stopped = true;
    }
  }
}
