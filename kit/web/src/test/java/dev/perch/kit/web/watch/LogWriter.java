package dev.perch.kit.web.watch;

import dev.perch.contract.EventHeaders;
import dev.perch.contract.Topic;
import dev.perch.kit.testkit.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes events to a log as a relay does, each one {@code key:number}. */
public final class LogWriter implements AutoCloseable {
  private static final int KEYS = 30;

  private final Topic topic;
  private final KafkaProducer<String, String> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", TestKafka.bootstrap(), "linger.ms", 2),
          new StringSerializer(),
          new StringSerializer());
  private int number;

  public LogWriter(Topic topic) {
    this.topic = topic;
  }

  /** Returns what was written, when it is acknowledged. */
  public List<String> write(int count) throws ExecutionException, InterruptedException {
    List<String> written = new ArrayList<>();
    List<Future<RecordMetadata>> acks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String key = "k" + number % KEYS;
      String data = key + ":" + number++;
      written.add(data);
      acks.add(send(key, data, null));
    }
    for (Future<RecordMetadata> ack : acks) {
      var _ = ack.get();
    }
    return written;
  }

  public void write(String data, @Nullable UUID site)
      throws ExecutionException, InterruptedException {
    var _ = send(data, data, site).get();
  }

  private Future<RecordMetadata> send(String key, String data, @Nullable UUID site) {
    var record = new ProducerRecord<>(topic.name(), key, data);
    record.headers().add(EventHeaders.TYPE, bytes("dev.perch.test.thing.changed.v1"));
    if (site != null) {
      record.headers().add(EventHeaders.SITE, bytes(site.toString()));
    }
    return producer.send(record);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
  }
}
