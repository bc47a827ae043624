package dev.perch.kit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.Topic;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestKafkaTest {
  private final Topic topic = Topic.state("test.kafka." + System.nanoTime());

  @AfterEach
  void leaveItRunning() {
    TestKafka.start();
  }

  @Test
  void createsATopicAsTheCatalogueDefinesItAndOnlyOnce() throws Exception {
    TestKafka.create(topic);

    TestKafka.create(topic);

    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    try (Admin admin = TestKafka.admin()) {
      Config config =
          admin.describeConfigs(Set.of(resource)).values().values().iterator().next().get();
      assertThat(topic.config())
          .allSatisfy((name, value) -> assertThat(config.get(name).value()).isEqualTo(value));
    }
  }

  @Test
  void keepsTopicsAndAddressOverAStop() throws Exception {
    String bootstrap = TestKafka.bootstrap();
    TestKafka.create(topic);

    TestKafka.stop();
    TestKafka.start();

    assertThat(TestKafka.bootstrap()).isEqualTo(bootstrap);
    assertThat(topics()).contains(topic.name());
  }

  @Test
  void knowsNothingAnyMoreAfterAWipe() throws Exception {
    TestKafka.create(topic);

    TestKafka.wipeAndRestart();

    assertThat(topics()).isEmpty();
  }

  @Test
  void isTheSameForEveryClassLoader() throws Exception {
    String bootstrap = TestKafka.bootstrap();
    try (ChildFirst loader = new ChildFirst()) {
      Class<?> other = loader.loadClass(TestKafka.class.getName());

      Object seen = other.getMethod("bootstrap").invoke(null);

      assertThat(other).isNotSameAs(TestKafka.class);
      assertThat(seen).isEqualTo(bootstrap);
    }
  }

  private static Set<String> topics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrap()))) {
      return admin.listTopics().names().get();
    }
  }
}
