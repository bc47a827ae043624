package dev.perch.contract;

import java.time.Duration;
import java.util.Map;

/**
 * A Kafka topic as the catalogue defines it. Whoever needs a topic creates it from here if it is
 * absent; a topic that differs is reported, never altered.
 *
 * @param name the topic's name, {@code perch.<service>.<plural>}
 * @param kind what the topic holds, which decides its cleanup policy
 * @param partitions fixed for ever: keys are spread by hash
 */
public record Topic(String name, Kind kind, int partitions) {

  /** What a topic holds. */
  public enum Kind {
    /** The newest full resource per key; compacted; tombstones are kept 30 days. */
    STATE,
    /** Every change, oldest first; kept 30 days and 10 GiB a partition. */
    LOG,
    /** Records a consumer could not apply; kept 30 days. */
    DEAD_LETTER
  }

  /** How long a tombstone, a log record or a dead letter is kept. */
  public static final Duration RETENTION = Duration.ofDays(30);

  public static Topic state(String name) {
    return new Topic(name, Kind.STATE, 12);
  }

  public static Topic log(String name) {
    return new Topic(name, Kind.LOG, 12);
  }

  /** The dead-letter topic of a consumer: one partition, so that letters keep their order. */
  public static Topic deadLetters(String consumer) {
    return new Topic("perch." + consumer + ".dlq", Kind.DEAD_LETTER, 1);
  }

  /** The broker-side configuration the topic is created with and compared to. */
  public Map<String, String> config() {
    String retention = Long.toString(RETENTION.toMillis());
    return switch (kind) {
      case STATE ->
          Map.of(
              "cleanup.policy",
              "compact",
              "delete.retention.ms",
              retention,
              "max.compaction.lag.ms",
              Long.toString(Duration.ofHours(24).toMillis()));
      case LOG ->
          Map.of(
              "cleanup.policy",
              "delete",
              "retention.ms",
              retention,
              "retention.bytes",
              Long.toString(10L << 30));
      case DEAD_LETTER -> Map.of("cleanup.policy", "delete", "retention.ms", retention);
    };
  }
}
