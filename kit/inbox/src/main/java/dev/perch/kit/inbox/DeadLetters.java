package dev.perch.kit.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.perch.contract.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a consumer cannot apply to {@code perch.<consumer>.dlq}: the record as it was, with
 * headers that say where it came from and what is wrong with it.
 */
final class DeadLetters implements AutoCloseable {
  static final String TOPIC = "dead-letter-topic";
  static final String PARTITION = "dead-letter-partition";
  static final String OFFSET = "dead-letter-offset";
  static final String CODE = "dead-letter-code";
  static final String REASON = "dead-letter-reason";
  static final String ERROR_CLASS = "dead-letter-class";
  static final String TIME = "dead-letter-time";
  static final String ATTEMPT = "dead-letter-attempt";

  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final String consumer;
  private final Topic topic;
  private final Broker broker;
  private final LetterBook book;
  private final Map<String, Object> config;
  private @Nullable Producer<String, byte[]> producer;

  DeadLetters(String consumer, Broker broker, Map<String, Object> connection) {
    this.consumer = consumer;
    this.broker = broker;
    topic = Topic.deadLetters(consumer);
    book = new LetterBook();
    config = new HashMap<>(connection);
    config.put("acks", "all");
    config.put("enable.idempotence", true);
    config.put("linger.ms", 0);
    config.put("compression.type", "none");
    // The batch's transaction is open meanwhile, and the database ends one that idles for 15 s.
    config.put("max.block.ms", (int) PATIENCE.toMillis());
    config.put("request.timeout.ms", (int) PATIENCE.toMillis() - 1);
    config.put("delivery.timeout.ms", (int) PATIENCE.toMillis());
  }

  Topic topic() {
    return topic;
  }

  /**
   * Returns when every letter is on its topic and in the book.
   *
   * @throws KafkaException if one is not; the transaction must be rolled back
   */
  synchronized void send(Connection connection, List<Rejected> rejected, int attempt)
      throws SQLException {
    if (rejected.isEmpty()) {
      return;
    }
    Producer<String, byte[]> to = producer();
    Instant now = Instant.now();
    List<Future<RecordMetadata>> sent = new ArrayList<>(rejected.size());
    for (Rejected each : rejected) {
      sent.add(to.send(letter(each, now, attempt)));
    }
    List<Letter> letters = new ArrayList<>(rejected.size());
    for (int i = 0; i < sent.size(); i++) {
      letters.add(Letter.of(consumer, rejected.get(i), await(sent.get(i)).offset(), now, attempt));
    }
    book.enter(connection, letters);
  }

  private Producer<String, byte[]> producer() {
    if (producer == null) {
      broker.createIfAbsent(topic);
      producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }
    return producer;
  }

  private ProducerRecord<String, byte[]> letter(Rejected rejected, Instant now, int attempt) {
    ConsumerRecord<String, byte[]> record = rejected.record();
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(topic.name(), 0, record.key(), record.value(), record.headers());
    Headers headers = letter.headers();
    put(headers, TOPIC, record.topic());
    put(headers, PARTITION, Integer.toString(record.partition()));
    put(headers, OFFSET, Long.toString(record.offset()));
    put(headers, CODE, rejected.why().code());
    put(headers, REASON, rejected.why().reason());
    put(headers, ERROR_CLASS, rejected.why().errorClass());
    put(headers, TIME, now.toString());
    put(headers, ATTEMPT, Integer.toString(attempt));
    return letter;
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(UTF_8));
  }

  private static RecordMetadata await(Future<RecordMetadata> sent) {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(1));
    }
  }
}
