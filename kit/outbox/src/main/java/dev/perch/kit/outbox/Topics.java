package dev.perch.kit.outbox;

import dev.perch.contract.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates topics that are absent and reports those that differ from the catalogue; alters none. */
public final class Topics {
  static final String ALARM = "topic-differs";

  private static final String MIN_ISR = "min.insync.replicas";
  private static final long PATIENCE_SECONDS = 15;

  private final int replicas;
  private final int minIsr;
  private final Troubles troubles;

  public Topics(int replicas, int minIsr, Troubles troubles) {
    this.replicas = replicas;
    this.minIsr = minIsr;
    this.troubles = troubles;
  }

  /**
   * Has each of the topics exist.
   *
   * @return their ids, which change when a broker lost its data
   */
  public Map<String, Uuid> create(Admin admin, Collection<Topic> topics)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<String, TopicDescription> existing = describe(admin, topics);
    List<NewTopic> missing =
        topics.stream().filter(t -> !existing.containsKey(t.name())).map(this::plan).toList();
    Map<String, Uuid> ids = new TreeMap<>();
    existing.forEach((name, description) -> ids.put(name, description.topicId()));
    if (!missing.isEmpty()) {
      ids.putAll(create(admin, missing));
    }
    return ids;
  }

  /** The answer has the ids; a description may be asked of a broker that has not heard yet. */
  private static Map<String, Uuid> create(Admin admin, List<NewTopic> missing)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<String, Uuid> ids = new HashMap<>();
    CreateTopicsResult created = admin.createTopics(missing);
    for (NewTopic topic : missing) {
      // Another replica may have been faster; its id is seen the next time.
      ignoring(
          TopicExistsException.class,
          created.topicId(topic.name()).thenApply(id -> ids.put(topic.name(), id)));
    }
    return ids;
  }

  /** Raises or clears the alarm {@code topic-differs} of each of the topics that exists. */
  public void compare(Admin admin, Collection<Topic> topics)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<String, TopicDescription> existing = describe(admin, topics);
    for (Topic topic : topics) {
      TopicDescription found = existing.get(topic.name());
      if (found != null) {
        report(topic, differences(topic, found, config(admin, topic)));
      }
    }
  }

  private void report(Topic topic, List<String> differences) {
    if (differences.isEmpty()) {
      troubles.clear(ALARM, topic.name());
    } else {
      troubles.raise(ALARM, topic.name(), String.join("; ", differences));
    }
  }

  private List<String> differences(Topic topic, TopicDescription found, Config config) {
    List<String> differences = new ArrayList<>();
    int partitions = found.partitions().size();
    if (partitions != topic.partitions()) {
      differences.add("partitions: " + partitions + ", not " + topic.partitions());
    }
    int copies = found.partitions().getFirst().replicas().size();
    if (copies != replicas) {
      differences.add("replicas: " + copies + ", not " + replicas);
    }
    new TreeMap<>(wanted(topic))
        .forEach(
            (name, value) -> {
              ConfigEntry entry = config.get(name);
              if (entry != null && !value.equals(entry.value())) {
                differences.add(name + ": " + entry.value() + ", not " + value);
              }
            });
    return differences;
  }

  private Map<String, String> wanted(Topic topic) {
    Map<String, String> wanted = new HashMap<>(topic.config());
    wanted.put(MIN_ISR, Integer.toString(minIsr));
    return wanted;
  }

  private NewTopic plan(Topic topic) {
    return new NewTopic(topic.name(), topic.partitions(), (short) replicas).configs(wanted(topic));
  }

  private static Config config(Admin admin, Topic topic)
      throws ExecutionException, TimeoutException, InterruptedException {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    return admin
        .describeConfigs(List.of(resource))
        .all()
        .thenApply(configs -> configs.values().iterator().next())
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static Map<String, TopicDescription> describe(Admin admin, Collection<Topic> topics)
      throws ExecutionException, TimeoutException, InterruptedException {
    Map<String, TopicDescription> found = new HashMap<>();
    var answers = admin.describeTopics(topics.stream().map(Topic::name).toList()).topicNameValues();
    for (var answer : answers.entrySet()) {
      ignoring(
          UnknownTopicOrPartitionException.class,
          answer.getValue().thenApply(description -> found.put(answer.getKey(), description)));
    }
    return found;
  }

  private static void ignoring(Class<? extends Exception> harmless, KafkaFuture<?> future)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      var _ = future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!harmless.isInstance(e.getCause())) {
        throw e;
      }
    }
  }
}
