package dev.perch.kit.outbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Sends rows and collects what the broker says to each. Used once. */
final class Shipment {
  private final Lanes lanes;
  private final Records records;
  private final Map<Long, String> refused = new ConcurrentHashMap<>();
  private final Set<Subject> keysRefused = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Exception failure;

  Shipment(Lanes lanes, Records records) {
    this.lanes = lanes;
    this.records = records;
  }

  /**
   * Sends the waves one after the other, each when every record of the one before is acknowledged
   * by all in-sync replicas or has failed. After a failure that may pass nothing more is sent, and
   * nothing more of a key once one of its rows is refused.
   */
  void send(List<List<OutboxRow>> waves) {
    for (List<OutboxRow> wave : waves) {
      for (OutboxRow row : wave) {
        send(row);
      }
      lanes.flush();
    }
  }

  private void send(OutboxRow row) {
    if (keysRefused.contains(row.subject())) {
      return;
    }
    for (ProducerRecord<byte[], byte @Nullable []> record : records.of(row)) {
      if (failure != null) {
        return;
      }
      lanes.send(record, (to, fault) -> answered(row, fault));
    }
  }

  private void answered(OutboxRow row, @Nullable Exception fault) {
    if (fault == null) {
      return;
    }
    if (isFinal(fault)) {
      keysRefused.add(row.subject());
      refused.put(row.id(), fault.getClass().getSimpleName() + ": " + fault.getMessage());
    } else {
      failure = fault;
    }
  }

  /** Sending the same record again would be refused again. */
  private static boolean isFinal(Exception fault) {
    return fault instanceof RecordTooLargeException
        || fault instanceof RecordBatchTooLargeException
        || fault instanceof InvalidRecordException
        || fault instanceof SerializationException;
  }

  /** The rows of which a record was refused for good, by id, with the broker's reason. */
  Map<Long, String> refused() {
    return Map.copyOf(refused);
  }

  /** Whether no record failed that may succeed another time. */
  boolean isDelivered() {
    return failure == null;
  }

  /**
   * @throws KafkaException if a record failed that may succeed another time
   */
  void requireDelivered() {
    Exception fault = failure;
    if (fault != null) {
      throw new KafkaException("The broker did not take the batch", fault);
    }
  }
}
