package dev.perch.kit.timeline;

import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** Ids are UUIDv7: unique across Perches, never reused, ordered by creation. */
public final class Ids {
  private Ids() {}

  public static UUID next() {
    return UuidVersion7Strategy.INSTANCE.generateUuid(null);
  }
}
