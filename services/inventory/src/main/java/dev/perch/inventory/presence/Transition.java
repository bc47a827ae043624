package dev.perch.inventory.presence;

import java.time.Duration;
import java.util.UUID;

/**
 * What a replica found of a host. It counts if the session is still the host's newest.
 *
 * @param silentFor how long it had not been heard when that was found
 */
record Transition(UUID host, UUID site, long session, Presence to, Duration silentFor) {}
