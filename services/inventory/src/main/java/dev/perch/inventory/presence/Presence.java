package dev.perch.inventory.presence;

import dev.perch.contract.inventory.Host;
import dev.perch.contract.inventory.Host.Availability;
import dev.perch.contract.inventory.Host.Operational;
import dev.perch.inventory.life.Life;

/** Whether a host is heard, as it is kept in {@code link_session}. */
public enum Presence {
  /** Its agent beats. */
  PRESENT(Operational.ENABLED, Availability.AVAILABLE),
  /** A few beats were missed. */
  DEGRADED(Operational.ENABLED, Availability.DEGRADED),
  /** Silent, while others of its site are heard. */
  OFFLINE(Operational.DISABLED, Availability.OFFLINE),
  /** Silent, as most of its site: nothing is known of the host itself. */
  UNKNOWN(Operational.DISABLED, Availability.UNKNOWN),
  /** It has no agent: its key was revoked. */
  NONE(Operational.DISABLED, Availability.UNKNOWN);

  private final Operational operational;
  private final Availability availability;

  Presence(Operational operational, Availability availability) {
    this.operational = operational;
    this.availability = availability;
  }

  /** The host's state in this presence; what is administered stays. */
  Host.State of(Host.State before) {
    Life life = Life.of(before).seen(operational, availability);
    return (this == PRESENT ? life.heard() : life).state();
  }
}
