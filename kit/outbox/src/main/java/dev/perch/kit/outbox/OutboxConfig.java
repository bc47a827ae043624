package dev.perch.kit.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of the outbox, its relay and the state audit. */
@ConfigMapping(prefix = "perch.outbox")
interface OutboxConfig {

  /** How many changes may wait to be published before further ones are refused with 503. */
  @WithDefault("1000000")
  long maxRows();

  /** A folder on the database's disk, if the service's machine has it; makes max-disk apply. */
  Optional<Path> dataFolder();

  /** The share of the database's disk that may be in use before changes are refused with 503. */
  @WithDefault("0.8")
  double maxDisk();

  /**
   * How long after a fault of the relay a record it had sent may still arrive at the broker. Longer
   * than the kernel repeats what a closed socket has not delivered.
   */
  @WithDefault("3M")
  Duration settled();

  /** Replicas of topics that are created; 3 unless set, 1 in a trial. */
  OptionalInt replicas();

  /** In-sync replicas that must have a record; 2 unless set, 1 in a trial. */
  OptionalInt minInSyncReplicas();
}
