package dev.perch.kit.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.perch.contract.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads single records of a dead-letter topic, as they were before they became letters. */
final class LetterReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String PREFIX = "dead-letter-";

  private final KafkaConsumer<String, byte[]> kafka;
  private final TopicPartition letters;

  LetterReader(String consumer, Map<String, Object> connection) {
    Map<String, Object> config = new HashMap<>(connection);
    config.put("enable.auto.commit", false);
    config.put("auto.offset.reset", "none");
    config.put("max.poll.records", 1);
    config.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
    kafka = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    letters = new TopicPartition(Topic.deadLetters(consumer).name(), 0);
    kafka.assign(List.of(letters));
  }

  /** Empty if the topic no longer has it. */
  Optional<ConsumerRecord<String, byte[]>> read(Letter letter) {
    Long start = kafka.beginningOffsets(List.of(letters)).get(letters);
    Long end = kafka.endOffsets(List.of(letters)).get(letters);
    if (start == null || end == null || letter.letterOffset() < start) {
      return Optional.empty();
    }
    if (letter.letterOffset() >= end) {
      return Optional.empty();
    }
    kafka.seek(letters, letter.letterOffset());
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      for (ConsumerRecord<String, byte[]> record : kafka.poll(PATIENCE)) {
        return Optional.of(record).filter(found -> isOf(letter, found)).map(LetterReader::original);
      }
    }
    throw new org.apache.kafka.common.errors.TimeoutException("no answer from " + letters);
  }

  /** A dead-letter topic that was created anew has other letters at the same offsets. */
  private static boolean isOf(Letter letter, ConsumerRecord<String, byte[]> record) {
    return letter.topic().equals(header(record, DeadLetters.TOPIC))
        && Integer.toString(letter.partition()).equals(header(record, DeadLetters.PARTITION))
        && Long.toString(letter.offset()).equals(header(record, DeadLetters.OFFSET));
  }

  private static ConsumerRecord<String, byte[]> original(ConsumerRecord<String, byte[]> record) {
    Headers headers = new RecordHeaders();
    for (Header header : record.headers()) {
      if (!header.key().startsWith(PREFIX)) {
        headers.add(header);
      }
    }
    return new ConsumerRecord<>(
        header(record, DeadLetters.TOPIC),
        Integer.parseInt(String.valueOf(header(record, DeadLetters.PARTITION))),
        Long.parseLong(String.valueOf(header(record, DeadLetters.OFFSET))),
        record.timestamp(),
        TimestampType.CREATE_TIME,
        record.serializedKeySize(),
        record.serializedValueSize(),
        record.key(),
        record.value(),
        headers,
        Optional.empty());
  }

  private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  @Override
  public void close() {
    kafka.close();
  }
}
