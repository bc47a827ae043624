package dev.perch.kit.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Several producers side by side. A broker works on one request of a connection at a time; if it
 * flushes to the disk before it acknowledges, partition after partition, that is what a batch waits
 * for, and side by side the flushes share their way to the disk.
 *
 * <p>All records of a key go one way, so their order is a producer's.
 */
final class Lanes implements AutoCloseable {
  /**
   * It divides the number of partitions topics have, so that no two lanes write to the same: each
   * would have it flushed.
   */
  private static final int COUNT = 4;

  private final List<Producer<byte[], byte @Nullable []>> producers = new ArrayList<>();

  Lanes(Supplier<Producer<byte[], byte @Nullable []>> producer) {
    try {
      for (int lane = 0; lane < COUNT; lane++) {
        producers.add(producer.get());
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  void send(ProducerRecord<byte[], byte @Nullable []> record, Callback answered) {
    // As Kafka's own partitioner hashes a key.
    int lane = Utils.toPositive(Utils.murmur2(record.key())) % COUNT;
    var _ = producers.get(lane).send(record, answered);
  }

  /** Returns when everything sent is acknowledged or has failed. */
  void flush() {
    producers.forEach(Producer::flush);
  }

  /** Gives up what is not acknowledged: it must not be sent any more. */
  @Override
  public void close() {
    producers.forEach(producer -> producer.close(Duration.ZERO));
  }
}
