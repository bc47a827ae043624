package dev.perch.bench.spine;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.bench.Quiet;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Json;
import dev.perch.contract.Topic;
import dev.perch.kit.inbox.PollingInbox;
import dev.perch.kit.inbox.Troubles;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.Flyway;

/**
 * A service's consumer in a process of its own, on the inbox every service uses: the far end of
 * "create → another process's commit". Arguments: bootstrap servers, JDBC URL, {@code tail} or
 * {@code replay}; the login is in the environment.
 *
 * <p>Both read all hosts there are into an empty table. {@code replay} says how fast that was.
 * {@code tail} says {@code ready}, follows what comes, and answers each line of its input with the
 * latencies since the last one, until its input ends.
 */
public final class Consumer {
  static final String USER = "PERCH_BENCH_USER";
  static final String PASSWORD = "PERCH_BENCH_PASSWORD";

  /** The label that holds the time of sending, in µs since the epoch. */
  static final String SENT = "sent";

  private static final Duration POLL = Duration.ofMillis(100);

  private final PollingInbox inbox;
  private final List<Long> latencies = new ArrayList<>();

  private Consumer(PollingInbox inbox) {
    this.inbox = inbox;
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

  public static void main(String[] args)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    Quiet.start();
    Map<String, Object> kafka = Map.of("bootstrap.servers", args[0]);
    try (AgroalDataSource database = database(args[1]);
        PollingInbox inbox =
            PollingInbox.open(
                new Hosts("bench." + args[2]),
                database,
                kafka,
                1,
                new Spoken(),
                new SimpleMeterRegistry())) {
      Consumer consumer = new Consumer(inbox);
      Throughput throughput = consumer.catchUp(ends(kafka));
      if (args[2].equals("replay")) {
        say(throughput);
      } else {
        say("ready");
        consumer.tail();
      }
    }
  }

  private Throughput catchUp(Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> left = new HashMap<>(ends);
    left.values().removeIf(end -> end == 0);
    long records = 0;
    long start = 0;
    while (!left.isEmpty()) {
      long polled = System.nanoTime();
      ConsumerRecords<String, byte[]> batch = inbox.poll(POLL);
      start = start == 0 && !batch.isEmpty() ? polled : start;
      records += batch.count();
      batch
          .nextOffsets()
          .forEach(
              (at, next) ->
                  left.computeIfPresent(at, (p, end) -> next.offset() < end ? end : null));
    }
    return new Throughput(records, (System.nanoTime() - start) / 1e9);
  }

  private void tail() {
    Thread asked = Thread.ofVirtual().start(this::answer);
    while (asked.isAlive()) {
      ConsumerRecords<String, byte[]> batch = inbox.poll(POLL);
      Instant committed = Instant.now();
      for (ConsumerRecord<String, byte[]> record : batch) {
        if (record.value() != null) {
          took(record.value(), committed);
        }
      }
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

  private static Map<TopicPartition, Long> ends(Map<String, Object> kafka)
      throws InterruptedException, ExecutionException {
    Topic hosts = Catalogue.HOSTS.state();
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int partition = 0; partition < hosts.partitions(); partition++) {
      asked.put(new TopicPartition(hosts.name(), partition), OffsetSpec.latest());
    }
    try (Admin admin = Admin.create(kafka)) {
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin.listOffsets(asked).all().get().forEach((at, end) -> ends.put(at, end.offset()));
      return ends;
    }
  }

  /** A pool, as services have one, of an empty database with the tables of inbox and projection. */
  private static AgroalDataSource database(String url) throws SQLException {
    String user = System.getenv(USER);
    String password = System.getenv(PASSWORD);
    Flyway flyway =
        Flyway.configure()
            .dataSource(url, user, password)
            .locations("db/kit", "db/bench")
            .outOfOrder(true)
            .cleanDisabled(false)
            .load();
    var _ = flyway.clean();
    var _ = flyway.migrate();
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(2)
                        .connectionFactoryConfiguration(
                            connections ->
                                connections
                                    .jdbcUrl(url)
                                    .principal(new NamePrincipal(user))
                                    .credential(new SimplePassword(password)))));
  }

  /** What spoils a figure is said where the benchmark's words are. */
  private static final class Spoken implements Troubles {
    @Override
    public void raise(String alarm, String entity, String text) {
      System.err.println(alarm + ": " + text);
    }

    @Override
    public void clear(String alarm, String entity) {}
  }
}
