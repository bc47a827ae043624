package dev.perch.kit.inbox;

import static dev.perch.contract.EventHeaders.EPOCH;
import static dev.perch.contract.EventHeaders.SEQUENCE;
import static dev.perch.contract.EventHeaders.SITE;
import static dev.perch.contract.EventHeaders.TYPE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.perch.contract.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads a Kafka record as the CloudEvent it should be. */
final class Decoder {
  private static final ObjectReader JSON =
      Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Decoder() {}

  /**
   * @throws UnacceptableRecord if the record has no key, no version or no JSON
   */
  static Received decode(ConsumerRecord<String, byte[]> record) {
    if (record.key() == null) {
      throw new UnacceptableRecord("key.missing", "the record has no key");
    }
    Map<String, String> headers = headers(record);
    return new Received(
        record.topic(),
        record.partition(),
        record.offset(),
        record.key(),
        number(headers, EPOCH),
        number(headers, SEQUENCE),
        headers.get(TYPE),
        site(headers.get(SITE)),
        headers,
        json(record.value()));
  }

  private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
    Map<String, String> headers = HashMap.newHashMap(12);
    for (Header header : record.headers()) {
      if (header.value() != null) {
        headers.put(header.key(), new String(header.value(), UTF_8));
      }
    }
    return headers;
  }

  private static long number(Map<String, String> headers, String name) {
    String text = headers.get(name);
    if (text == null) {
      throw new UnacceptableRecord("version.missing", "the header " + name + " is absent");
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new UnacceptableRecord("version.malformed", "the header " + name + " is no integer");
    }
  }

  private static @Nullable UUID site(@Nullable String text) {
    try {
      return text == null ? null : UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new UnacceptableRecord("site.malformed", "the header " + SITE + " is no UUID");
    }
  }

  private static @Nullable JsonNode json(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      JsonNode node = JSON.readTree(value);
      if (!node.isObject()) {
        throw new UnacceptableRecord("value.malformed", "the value is no JSON object");
      }
      return node;
    } catch (JsonProcessingException e) {
      // Jackson's own message quotes the value.
      throw new UnacceptableRecord(
          "value.malformed", "the value is no JSON at byte " + e.getLocation().getByteOffset());
    } catch (IOException e) {
      throw new UnacceptableRecord("value.malformed", "the value is no JSON");
    }
  }
}
