package dev.perch.kit.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One record of a topic, decoded.
 *
 * @param key the resource id
 * @param epoch of the writer's database; compare before the sequence
 * @param sequence the aggregate's version within its epoch
 * @param type the CloudEvents type, if the record has one
 * @param site the site the resource belongs to, if any
 * @param headers all headers as UTF-8 text; of a repeated one the last
 * @param value null for a tombstone: the resource is gone
 */
public record Received(
    String topic,
    int partition,
    long offset,
    String key,
    long epoch,
    long sequence,
    @Nullable String type,
    @Nullable UUID site,
    Map<String, String> headers,
    @Nullable JsonNode value) {

  public Received {
    headers = Map.copyOf(headers);
  }

  public boolean isTombstone() {
    return value == null;
  }

  /**
   * The value as a record of the contract.
   *
   * @throws UnacceptableRecord if it is a tombstone or has another shape
   */
  public <T> T as(Class<T> shape) {
    if (value == null) {
      throw new UnacceptableRecord("tombstone", "a tombstone has no value");
    }
    try {
      return Json.MAPPER.treeToValue(value, shape);
    } catch (JsonProcessingException e) {
      throw new UnacceptableRecord("schema", e.getOriginalMessage());
    }
  }
}
