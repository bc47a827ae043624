package dev.perch.contract.inventory;

import dev.perch.contract.Resource;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place with hosts: the REST resource and the value on {@code perch.inventory.sites}.
 *
 * @param id UUIDv7, never reused
 * @param name RFC 1123 label, unique in this Perch
 * @param beatEveryMillis how often its agents send a sign of life: 100 on a LAN; absent for the
 *     service's own setting
 * @param unreachableSince when all its agents, or most of them, fell silent at once; absent while
 *     it is not so
 * @param version gap-free, starts at 1
 */
public record Site(
    UUID id,
    String name,
    @Nullable String description,
    Map<String, String> labels,
    @Nullable Integer beatEveryMillis,
    @Nullable Instant unreachableSince,
    long version,
    Instant createdAt,
    Instant updatedAt)
    implements Resource {

  public Site {
    labels = Map.copyOf(labels);
  }

  /** Itself. */
  @Override
  public UUID siteId() {
    return id;
  }
}
