package dev.perch.contract.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one document on one host, as the host last reported it: the value on {@code
 * perch.inventory.host-observed}, keyed as the document is.
 *
 * @param aspect whose document
 * @param generation the generation the host has reached; 0 when it holds none any more
 * @param conditions {@code Applied}, {@code Verified} and what the driver adds
 * @param readBack what was read back from the host; its shape belongs to the aspect
 * @param version gap-free, starts at 1
 * @param updatedAt when it was taken, by inventory's clock
 */
public record HostObservation(
    UUID hostId,
    String aspect,
    long generation,
    List<Condition> conditions,
    @Nullable JsonNode readBack,
    long version,
    Instant updatedAt) {

  public HostObservation {
    conditions = List.copyOf(conditions);
  }
}
