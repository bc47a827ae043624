package dev.perch.kit.testkit;

import dev.perch.contract.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;

/**
 * The test JVM's Kafka: started by the first call, shared by all test classes, ended with the JVM.
 * Use topics or keys of your own. A test that stops it starts it again in its {@code @AfterEach};
 * to be safe from each other's stops, such tests run one after the other (Surefire's default).
 */
public final class TestKafka {
  private TestKafka() {}

  /** {@code host:port}; the same over stops, starts and wipes. */
  public static String bootstrap() {
    return kafka().bootstrap();
  }

  /** Starts it if it is stopped. */
  public static void start() {
    kafka().start();
  }

  public static void stop() {
    kafka().stop();
  }

  /** Stops it, deletes all it ever stored, and starts it: what a lost disk looks like. */
  public static void wipeAndRestart() {
    kafka().wipe();
  }

  /** Creates those of the topics that do not exist yet, with one replica; all may be used then. */
  public static void create(Topic... topics) {
    try (Admin admin = admin()) {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> missing =
          Arrays.stream(topics)
              .filter(topic -> !existing.contains(topic.name()))
              .map(t -> new NewTopic(t.name(), t.partitions(), (short) 1).configs(t.config()))
              .toList();
      admin.createTopics(missing).all().get();
      // The controller has them now; clients ask the broker, which hears of it a moment later.
      Set<String> wanted = Arrays.stream(topics).map(Topic::name).collect(Collectors.toSet());
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> admin.listTopics().names().get().containsAll(wanted));
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot create " + Arrays.toString(topics), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topics", e);
    }
  }

  /** A client for all else; the caller closes it. */
  public static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrap()));
  }

  private static SharedKafka kafka() {
    return OncePerJvm.get(SharedKafka.class, KafkaOfJvm.class);
  }
}
