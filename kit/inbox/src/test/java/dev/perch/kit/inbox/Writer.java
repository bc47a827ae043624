package dev.perch.kit.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.contract.EventHeaders;
import dev.perch.contract.Json;
import dev.perch.contract.Topic;
import dev.perch.kit.testkit.TestKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Another service, as far as its topic shows it. */
final class Writer implements AutoCloseable {
  private final Topic topic;
  private final KafkaProducer<String, byte[]> kafka;
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  Writer(Topic topic) {
    this(topic, 2);
  }

  /**
   * @param linger how long a flush waits at least, in milliseconds: the brake of a load
   */
  Writer(Topic topic, int linger) {
    this.topic = topic;
    kafka =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", TestKafka.bootstrap(), "linger.ms", linger),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  Writer put(String key, long sequence, long reading) {
    return put(key, 0, sequence, reading);
  }

  Writer put(String key, long epoch, long sequence, long reading) {
    try {
      byte[] value = Json.MAPPER.writeValueAsBytes(new Gauges.Gauge(reading));
      return raw(key, value, version(epoch, sequence));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  Writer remove(String key, long sequence) {
    return raw(key, null, version(0, sequence));
  }

  Writer raw(@Nullable String key, byte @Nullable [] value, Map<String, String> headers) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.name(), key, value);
    headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
    sent.add(kafka.send(record));
    return this;
  }

  static Map<String, String> version(long epoch, long sequence) {
    return Map.of(
        EventHeaders.EPOCH, Long.toString(epoch), EventHeaders.SEQUENCE, Long.toString(sequence));
  }

  /** Returns when the broker has all of it. */
  Writer flush() {
    try {
      for (Future<RecordMetadata> each : sent) {
        var _ = each.get();
      }
      sent.clear();
      return this;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kafka.close();
  }
}
