package dev.perch.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value on every log topic: one change of one resource.
 *
 * @param id the resource
 * @param version the version this change made
 * @param at when it was committed, by the database's clock
 * @param before the touched subtrees as they were; absent on creation
 * @param after the touched subtrees as they are; the whole resource on creation; absent on deletion
 * @param changed the touched paths, as RFC 6901 pointers: {@code /labels/rack}
 * @param truncated before and after were left out for their size: read the resource's timeline
 */
public record Changed(
    String id,
    long version,
    Instant at,
    @Nullable JsonNode before,
    @Nullable JsonNode after,
    List<String> changed,
    Cause cause,
    @Nullable Boolean truncated) {

  public Changed {
    changed = List.copyOf(changed);
  }
}
