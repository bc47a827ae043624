package dev.perch.bench.spine;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.bench.Quiet;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A consumer in a process of its own: the far end of "create → another process's commit".
 * Arguments: bootstrap servers, JDBC URL, {@code tail} or {@code replay}; the login is in the
 * environment.
 *
 * <p>{@code tail} follows the hosts from now on, says {@code ready}, and answers each line of its
 * input with the latencies since the last one, until its input ends. {@code replay} reads all there
 * is once, and says how fast.
 */
public final class Consumer {
  static final String USER = "PERCH_BENCH_USER";
  static final String PASSWORD = "PERCH_BENCH_PASSWORD";

  /** The label that holds the time of sending, in µs since the epoch. */
  static final String SENT = "sent";

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<String, byte[]> kafka;
  private final Projection projection;
  private final List<Long> latencies = new ArrayList<>();

  private Consumer(KafkaConsumer<String, byte[]> kafka, Projection projection) {
    this.kafka = kafka;
    this.projection = projection;
  }

  /** In ms; how long from the client's sending to this process's commit. */
  record Latencies(int count, double p50, double p99) {
    static Latencies of(List<Long> micros) {
      long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
      return new Latencies(sorted.length, percentile(sorted, 50), percentile(sorted, 99));
    }

    private static double percentile(long[] sorted, int percent) {
      int rank = (int) Math.ceil(sorted.length * percent / 100.0);
      return sorted.length == 0 ? Double.NaN : sorted[Math.max(rank, 1) - 1] / 1e3;
    }
  }

  record Throughput(long records, double seconds) {
    double perSecond() {
      return records / seconds;
    }
  }

  public static void main(String[] args) throws IOException, SQLException, InterruptedException {
    Quiet.start();
    Properties login = new Properties();
    login.setProperty("user", System.getenv(USER));
    login.setProperty("password", System.getenv(PASSWORD));
    try (Connection connection = DriverManager.getConnection(args[1], login);
        KafkaConsumer<String, byte[]> kafka = kafka(args[0])) {
      Consumer consumer = new Consumer(kafka, new Projection(connection));
      List<TopicPartition> partitions =
          kafka.partitionsFor(Catalogue.HOSTS.state().name()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      kafka.assign(partitions);
      if (args[2].equals("replay")) {
        kafka.seekToBeginning(partitions);
        say(consumer.replay(kafka.endOffsets(partitions)));
      } else {
        kafka.seekToEnd(partitions);
        partitions.forEach(kafka::position);
        say("ready");
        consumer.tail();
      }
    }
  }

  private Throughput replay(Map<TopicPartition, Long> ends) throws SQLException {
    long records = 0;
    long start = 0;
    while (ends.entrySet().stream().anyMatch(e -> kafka.position(e.getKey()) < e.getValue())) {
      ConsumerRecords<String, byte[]> batch = kafka.poll(POLL);
      start = start == 0 && !batch.isEmpty() ? System.nanoTime() : start;
      apply(batch);
      records += batch.count();
    }
    return new Throughput(records, (System.nanoTime() - start) / 1e9);
  }

  private void tail() throws SQLException, InterruptedException {
    Thread asked = Thread.ofVirtual().start(this::answer);
    while (asked.isAlive()) {
      ConsumerRecords<String, byte[]> batch = kafka.poll(POLL);
      apply(batch);
      Instant committed = Instant.now();
      for (ConsumerRecord<String, byte[]> record : batch) {
        if (record.value() != null) {
          took(record.value(), committed);
        }
      }
    }
  }

  private void apply(ConsumerRecords<String, byte[]> batch) throws SQLException {
    if (!batch.isEmpty()) {
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>(batch.count());
      batch.forEach(records::add);
      projection.apply(records, batch.nextOffsets());
    }
  }

  private synchronized void took(byte[] host, Instant committed) {
    try {
      long sent = Json.MAPPER.readTree(host).path("labels").path(SENT).asLong();
      if (sent > 0) {
        latencies.add(ChronoUnit.MICROS.between(Instant.EPOCH, committed) - sent);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer() {
    try (var questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      while (questions.readLine() != null) {
        synchronized (this) {
          say(Latencies.of(latencies));
          latencies.clear();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void say(Object answer) throws JsonProcessingException {
    System.out.println(Json.MAPPER.writeValueAsString(answer));
  }

  private static KafkaConsumer<String, byte[]> kafka(String bootstrap) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            2000),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
