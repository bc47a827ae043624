package dev.perch.kit.outbox;

import dev.perch.contract.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Notices that brokers may have lost records: the cluster or a topic is another one, or connections
 * had to be made again because a broker restarted. Has the topics exist on the way.
 */
final class Brokers implements AutoCloseable {
  private final Supplier<Admin> clients;
  private final Topics topics;
  private final List<Topic> needed;
  private @Nullable Admin admin;
  private @Nullable Trace last;

  /**
   * @param clients makes the client; called late and again, since it fails where no name resolves
   */
  Brokers(Supplier<Admin> clients, Topics topics, Collection<Topic> needed) {
    this.clients = clients;
    this.topics = topics;
    this.needed = List.copyOf(needed);
  }

  /** What stays the same as long as no broker stopped. */
  private record Trace(String cluster, Map<String, Uuid> topics, double connections) {}

  /**
   * Whether something changed since the last call. Frequent calls keep the connections from being
   * closed for idleness.
   */
  boolean changed() throws ExecutionException, TimeoutException, InterruptedException {
    Admin admin = admin();
    String cluster = admin.describeCluster().clusterId().get(15, TimeUnit.SECONDS);
    Trace now = new Trace(cluster, topics.create(admin, needed), connections(admin));
    boolean changed = last != null && !last.equals(now);
    last = now;
    return changed;
  }

  /** Reports topics that differ from the catalogue. */
  void compareTopics() throws ExecutionException, TimeoutException, InterruptedException {
    topics.compare(admin(), needed);
  }

  private static double connections(Admin admin) {
    return admin.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("connection-creation-total"))
        .map(Metric::metricValue)
        .mapToDouble(value -> ((Number) value).doubleValue())
        .sum();
  }

  private synchronized Admin admin() {
    if (admin == null) {
      admin = clients.get();
    }
    return admin;
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
    }
  }
}
