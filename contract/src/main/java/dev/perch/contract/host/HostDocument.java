package dev.perch.contract.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * What one service wants of one aspect of one host: the value on {@code
 * perch.<service>.host-desired}. A tombstone withdraws it. No document carries a secret.
 *
 * @param aspect what it is about, or an instance of that; {@link Aspect} names its one owner
 * @param driver the part of the agent that applies it; several aspects may use one
 * @param generation rises with each change of the spec; the host reports the one it reached
 * @param spec an object whose shape belongs to the aspect
 */
public record HostDocument(
    UUID hostId, String aspect, String driver, long generation, JsonNode spec) {

  /** The CloudEvents type of a document, whichever service wrote it. */
  public static final String TYPE = "dev.perch.platform.host-desired.state.v1";

  /** The Kafka key: {@code hostId/aspect}. */
  public static String key(UUID hostId, String aspect) {
    return hostId + "/" + aspect;
  }
}
