package dev.perch.kit.timeline;

import dev.perch.contract.Cause;
import dev.perch.contract.Changed;
import dev.perch.contract.Json;
import java.time.Instant;

/** The value of an event on a log. */
public final class ChangedEvent {
  /** Above this, before and after are left out; whoever needs them reads the resource. */
  private static final int MOST = 256 * 1024;

  private ChangedEvent() {}

  /** As JSON. */
  public static String of(String id, long version, Instant at, Difference d, Cause cause) {
    String whole =
        Json.write(new Changed(id, version, at, d.before(), d.after(), d.changed(), cause, null));
    return whole.length() <= MOST
        ? whole
        : Json.write(new Changed(id, version, at, null, null, d.changed(), cause, true));
  }
}
