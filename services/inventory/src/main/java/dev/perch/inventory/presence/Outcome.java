package dev.perch.inventory.presence;

import java.time.Duration;
import java.util.UUID;

/** What a transition came to, for the alarms. */
sealed interface Outcome {

  record HostChanged(UUID host, UUID site, Presence presence, Duration silentFor)
      implements Outcome {}

  record SiteLost(UUID site, long lost, long members) implements Outcome {}

  record SiteReturned(UUID site) implements Outcome {}
}
