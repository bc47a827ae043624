package dev.perch.kit.outbox;

import dev.perch.contract.Aggregate;
import dev.perch.contract.Json;
import dev.perch.contract.Resource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of one aggregate as the database has it now, to be published again on its state topic
 * and nowhere else.
 *
 * @param version the version the row has; it is not raised
 * @param site the CloudEvents extension {@code site}
 * @param state the full resource as JSON; null publishes a tombstone
 */
public record Snapshot(
    Aggregate aggregate, String key, long version, @Nullable UUID site, @Nullable String state) {

  /** A resource as it is now. */
  public static Snapshot of(Aggregate aggregate, Resource resource) {
    return new Snapshot(
        aggregate,
        resource.id().toString(),
        resource.version(),
        resource.siteId(),
        Json.write(resource));
  }
}
