package dev.perch.contract.inventory;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place with hosts: the REST resource and the value on {@code perch.inventory.sites}.
 *
 * @param id UUIDv7, never reused
 * @param name RFC 1123 label, unique in this Perch
 * @param version gap-free, starts at 1
 */
public record Site(
    UUID id,
    String name,
    @Nullable String description,
    Map<String, String> labels,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public Site {
    labels = Map.copyOf(labels);
  }
}
