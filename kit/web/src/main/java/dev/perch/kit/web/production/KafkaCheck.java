package dev.perch.kit.web.production;

import dev.perch.contract.Aggregate;
import dev.perch.contract.Catalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Finds topics that would be lost with one broker. Counts assigned replicas and not living brokers:
 * a service must be able to start while a broker is away.
 */
final class KafkaCheck {
  private static final int REPLICAS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private KafkaCheck() {}

  /**
   * @throws TimeoutException when the broker does not say
   */
  static List<Danger> of(Map<String, Object> client)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "production-check");
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    List<String> topics =
        Catalogue.aggregates().stream().flatMap(KafkaCheck::names).distinct().toList();
    try (Admin admin = Admin.create(settings)) {
      Map<String, KafkaFuture<TopicDescription>> found =
          admin.describeTopics(topics).topicNameValues();
      Stream.Builder<Danger> dangers = Stream.builder();
      for (KafkaFuture<TopicDescription> topic : found.values()) {
        check(topic, dangers);
      }
      return dangers.build().toList();
    }
  }

  private static void check(KafkaFuture<TopicDescription> future, Stream.Builder<Danger> dangers)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      TopicDescription topic = future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      int fewest =
          topic.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(REPLICAS);
      if (fewest < REPLICAS) {
        dangers.add(
            new Danger(
                "replicas of topic " + topic.name(),
                "It has " + fewest + "; give it " + REPLICAS + " with min.insync.replicas=2."));
      }
    } catch (ExecutionException e) {
      // Whoever needs an absent topic creates it, with the replicas it should have.
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw e;
      }
    }
  }

  private static Stream<String> names(Aggregate aggregate) {
    return Stream.of(aggregate.state().name(), aggregate.log().name());
  }
}
