package dev.perch.kit.inbox;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter, as the database and the REST list have it. The record itself is on {@code
 * perch.<consumer>.dlq}, partition 0.
 *
 * @param consumer which could not apply it
 * @param topic where the record came from
 * @param letterOffset where it is on the dead-letter topic
 * @param code stable, for programs: {@code value.malformed}, {@code sql-23514}
 * @param attempts how often it was tried, replays included
 * @param resolution null while it waits
 */
record Letter(
    String consumer,
    String topic,
    int partition,
    long offset,
    @Nullable String key,
    long letterOffset,
    String code,
    String reason,
    int attempts,
    Instant rejectedAt,
    @Nullable Instant resolvedAt,
    @Nullable Resolution resolution) {

  /** What became of a letter. */
  enum Resolution {
    /** A replay applied it. */
    APPLIED,
    /** A replay found something newer of its key. */
    OUTDATED,
    /** An operator gave it up. */
    DISCARDED
  }

  static Letter of(String consumer, Rejected rejected, long letterOffset, Instant at, int attempt) {
    ConsumerRecord<String, byte[]> record = rejected.record();
    return new Letter(
        consumer,
        record.topic(),
        record.partition(),
        record.offset(),
        record.key(),
        letterOffset,
        rejected.why().code(),
        rejected.why().reason(),
        attempt,
        at,
        null,
        null);
  }
}
