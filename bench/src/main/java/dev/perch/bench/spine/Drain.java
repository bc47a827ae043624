package dev.perch.bench.spine;

import dev.perch.bench.stack.Stack;
import dev.perch.contract.Catalogue;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How fast the relay empties an outbox that has filled up: publishing is halted while hosts are
 * created, then let go. Measured where it matters, at the broker: the growth of the log.
 */
final class Drain {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Stack stack;

  Drain(Stack stack) {
    this.stack = stack;
  }

  /** Something that fills the outbox. */
  @FunctionalInterface
  interface Filling {
    /** Returns how many rows it committed. */
    long fill() throws IOException, InterruptedException;
  }

  /** Rows a second. */
  double measure(Filling filling)
      throws IOException, InterruptedException, SQLException, TimeoutException {
    try (KafkaConsumer<byte[], byte[]> kafka =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", stack.kafka()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> log =
          kafka.partitionsFor(Catalogue.HOSTS.log().name()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      long before;
      long rows;
      halt(true);
      try {
        before = settled(kafka, log);
        rows = filling.fill();
      } finally {
        halt(false);
      }
      return drained(kafka, log, before, rows);
    }
  }

  /** From the first record seen to the last. */
  private static double drained(
      KafkaConsumer<byte[], byte[]> kafka, List<TopicPartition> log, long before, long rows)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long first = 0;
    long start = 0;
    while (true) {
      long done = ends(kafka, log) - before;
      long now = System.nanoTime();
      if (start == 0 && done > 0) {
        start = now;
        first = done;
      }
      if (done >= rows) {
        return (done - first) / ((now - start) / 1e9);
      }
      if (now > deadline) {
        throw new TimeoutException("the relay published %d of %d rows".formatted(done, rows));
      }
      Thread.sleep(10);
    }
  }

  /** The end of the log once it has stood still: a batch may have been on its way. */
  private static long settled(KafkaConsumer<byte[], byte[]> kafka, List<TopicPartition> log)
      throws InterruptedException {
    long last = -1;
    long end = ends(kafka, log);
    while (end != last) {
      Thread.sleep(2_000);
      last = end;
      end = ends(kafka, log);
    }
    return end;
  }

  private static long ends(KafkaConsumer<byte[], byte[]> kafka, List<TopicPartition> log) {
    return kafka.endOffsets(log).values().stream().mapToLong(Long::longValue).sum();
  }

  private void halt(boolean halted) throws SQLException {
    try (Connection connection = stack.database("inventory");
        Statement statement = connection.createStatement()) {
      statement.execute("update outbox_control set halted = " + halted);
    }
  }
}
