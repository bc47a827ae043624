package dev.perch.contract;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What every resource says of itself that is published whole under its id. */
public interface Resource {
  /** UUIDv7, never reused; the key on the topics. */
  UUID id();

  /** The site it belongs to, null if it belongs to none. */
  @Nullable UUID siteId();

  /** Gap-free, starts at 1. */
  long version();

  Instant createdAt();

  /** Later with each version. */
  Instant updatedAt();
}
