package dev.perch.kit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {
  private static final String TOPIC = "greetings";

  @TempDir Path folder;

  @Test
  void keepsItsDataAndItsPortOverAStopAndAStart() throws Exception {
    try (KafkaBroker broker = new KafkaBroker(KafkaSettings.in(folder).flushingEachMessage())) {
      broker.start();
      String bootstrap = broker.bootstrap();
      createTopic(bootstrap);
      send(bootstrap, "hello");

      broker.stop();
      broker.start();

      assertThat(broker.bootstrap()).isEqualTo(bootstrap);
      assertThat(readFirst(bootstrap)).isEqualTo("hello");
    }
  }

  @Test
  void createsNoTopicByItself() {
    try (KafkaBroker broker = new KafkaBroker(KafkaSettings.in(folder))) {
      broker.start();

      assertThatThrownBy(() -> send(broker.bootstrap(), "into the void"))
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void tellsClientsOfAFurtherAddressToComeBackOnIt() throws Exception {
    KafkaSettings settings = KafkaSettings.in(folder).alsoOn("127.0.0.2");
    try (KafkaBroker broker = new KafkaBroker(settings)) {
      broker.start();

      List<Node> nodes = nodes(settings.bootstrap("127.0.0.2"));

      assertThat(nodes).extracting(Node::host).containsExactly("127.0.0.2");
    }
  }

  @Test
  void namesThePortThatIsTaken() {
    KafkaSettings settings = KafkaSettings.in(folder);
    try (KafkaBroker broker = new KafkaBroker(settings);
        KafkaBroker second =
            new KafkaBroker(
                KafkaSettings.in(
                    folder.resolve("other"), settings.port(), settings.controllerPort()))) {
      broker.start();

      assertThatThrownBy(second::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + settings.port() + " is taken");
    }
  }

  private static void createTopic(String bootstrap) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static List<Node> nodes(String bootstrap) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      return List.copyOf(admin.describeCluster().nodes().get());
    }
  }

  private static void send(String bootstrap, String value)
      throws ExecutionException, InterruptedException {
    Map<String, Object> config = Map.of("bootstrap.servers", bootstrap, "max.block.ms", 2_000);
    try (var producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      var _ = producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
    }
  }

  private static String readFirst(String bootstrap) {
    Map<String, Object> config = Map.of("bootstrap.servers", bootstrap);
    try (var consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition(TOPIC, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return consumer.poll(Duration.ofSeconds(20)).iterator().next().value();
    }
  }
}
