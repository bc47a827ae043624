package dev.perch.kit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.BinaryNode;
import dev.perch.contract.Topic;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventsTest {
  private final Topic topic = Topic.log("test.events." + System.nanoTime());

  @BeforeEach
  void createTopic() {
    TestKafka.create(topic);
  }

  @Test
  void readATopicFromItsBeginningToItsEnd() {
    send("a", "{\"n\": 1}");
    send("b", null);
    send("a", "no json");

    List<Event> events = Events.on(topic.name());

    assertThat(events).hasSize(3);
    assertThat(Events.ofKey(topic.name(), "b")).singleElement().matches(Event::isTombstone);
    List<Event> ofA = Events.ofKey(topic.name(), "a");
    assertThat(ofA.getFirst().value()).hasToString("{\"n\":1}");
    assertThat(ofA.getFirst().header("greeting")).contains("hello");
    assertThat(ofA.getLast().value()).isInstanceOf(BinaryNode.class);
  }

  @Test
  void areEmptyOnATopicWithoutRecords() {
    assertThat(Events.on(topic.name())).isEmpty();
  }

  @Test
  void canBeWaitedFor() {
    Thread sender = Thread.startVirtualThread(() -> send("late", "{}"));

    List<Event> events = Events.await(topic.name(), "late", 1);

    assertThat(events).extracting(Event::key).containsExactly("late");
    assertThat(sender).isNotNull();
  }

  @Test
  void sayWhenATopicDoesNotExist() {
    assertThatThrownBy(() -> Events.on("test.no-such-topic"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("test.no-such-topic");
  }

  private void send(String key, @Nullable String value) {
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", TestKafka.bootstrap()),
            new StringSerializer(),
            new StringSerializer())) {
      ProducerRecord<String, String> record = new ProducerRecord<>(topic.name(), key, value);
      record.headers().add("greeting", "hello".getBytes(UTF_8));
      var _ = producer.send(record);
    }
  }
}
