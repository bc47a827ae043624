package dev.perch.kit.web.watch;

import dev.perch.contract.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * One record of a change log.
 *
 * @param key the resource's id
 * @param type the CloudEvents type
 * @param site the site the resource belongs to, null where it belongs to none
 * @param data the value as it is on the topic: JSON of a {@link dev.perch.contract.Changed}
 */
public record ChangeEvent(
    int partition, long offset, String key, String type, @Nullable UUID site, String data) {

  private static final int OVERHEAD = 200;

  /** Null for a record that is no event: it has no value, or a site that is no UUID. */
  static @Nullable ChangeEvent of(ConsumerRecord<String, String> record) {
    if (record.value() == null || record.key() == null) {
      return null;
    }
    String site = header(record, EventHeaders.SITE);
    String type = header(record, EventHeaders.TYPE);
    try {
      return new ChangeEvent(
          record.partition(),
          record.offset(),
          record.key(),
          type == null ? "message" : type,
          site == null ? null : UUID.fromString(site),
          record.value());
    } catch (IllegalArgumentException e) {
      // Nobody can tell who may see it.
      return null;
    }
  }

  /** About how much memory it takes. */
  int size() {
    return OVERHEAD + key.length() + type.length() + data.length();
  }

  private static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
