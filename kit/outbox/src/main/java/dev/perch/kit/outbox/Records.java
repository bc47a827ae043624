package dev.perch.kit.outbox;

import static dev.perch.contract.EventHeaders.CONTENT_TYPE;
import static dev.perch.contract.EventHeaders.EPOCH;
import static dev.perch.contract.EventHeaders.ID;
import static dev.perch.contract.EventHeaders.SEQUENCE;
import static dev.perch.contract.EventHeaders.SITE;
import static dev.perch.contract.EventHeaders.SOURCE;
import static dev.perch.contract.EventHeaders.SPEC_VERSION;
import static dev.perch.contract.EventHeaders.SUBJECT;
import static dev.perch.contract.EventHeaders.TIME;
import static dev.perch.contract.EventHeaders.TRACEPARENT;
import static dev.perch.contract.EventHeaders.TYPE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Rows as Kafka records: CloudEvents 1.0, binary content mode of its Kafka binding. */
final class Records {
  private static final byte[] VERSION_1 = "1.0".getBytes(UTF_8);
  private static final byte[] JSON = "application/json".getBytes(UTF_8);

  private final byte[] source;

  /**
   * @param service becomes the events' source, {@code /<service>}
   */
  Records(String service) {
    source = ("/" + service).getBytes(UTF_8);
  }

  /** The change for the log, if the row has one, and the state. */
  List<ProducerRecord<byte[], byte @Nullable []>> of(OutboxRow row) {
    var state = record(row.stateTopic(), row.stateType(), row, row.state());
    return row.logTopic() == null || row.logType() == null
        ? List.of(state)
        : List.of(record(row.logTopic(), row.logType(), row, row.change()), state);
  }

  private ProducerRecord<byte[], byte @Nullable []> record(
      String topic, String type, OutboxRow row, byte @Nullable [] value) {
    byte[] key = row.key().getBytes(UTF_8);
    RecordHeaders headers = new RecordHeaders();
    headers.add(SPEC_VERSION, VERSION_1);
    headers.add(ID, id(topic, row).getBytes(UTF_8));
    headers.add(TYPE, type.getBytes(UTF_8));
    headers.add(SOURCE, source);
    headers.add(SUBJECT, key);
    headers.add(TIME, row.createdAt().toString().getBytes(UTF_8));
    headers.add(EPOCH, Long.toString(row.epoch()).getBytes(UTF_8));
    headers.add(SEQUENCE, Long.toString(row.version()).getBytes(UTF_8));
    if (row.site() != null) {
      headers.add(SITE, row.site().toString().getBytes(UTF_8));
    }
    if (row.traceparent() != null) {
      headers.add(TRACEPARENT, row.traceparent().getBytes(UTF_8));
    }
    if (value != null) {
      headers.add(CONTENT_TYPE, JSON);
    }
    return new ProducerRecord<>(topic, null, null, key, value, headers);
  }

  /** The same for the same event however often it is sent, by whichever relay. */
  private static String id(String topic, OutboxRow row) {
    String name = topic + '\n' + row.key() + '\n' + row.epoch() + '\n' + row.version();
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
  }
}
