package dev.perch.contract.inventory;

import dev.perch.contract.Resource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A named selection of hosts: the REST resource and the value on {@code perch.inventory.groups}.
 * Who belongs to it is decided whenever it is asked for: a host that comes or gets another label
 * needs no change of the group.
 *
 * @param id UUIDv7, never reused
 * @param name RFC 1123 label, unique in this Perch
 * @param selector requirements on a host's site and labels, all of which hold: {@code
 *     site=pier,zone in (a,b)}
 * @param version gap-free, starts at 1
 */
public record Group(
    UUID id,
    String name,
    @Nullable String description,
    String selector,
    long version,
    Instant createdAt,
    Instant updatedAt)
    implements Resource {

  /** It selects from all sites. */
  @Override
  public @Nullable UUID siteId() {
    return null;
  }
}
