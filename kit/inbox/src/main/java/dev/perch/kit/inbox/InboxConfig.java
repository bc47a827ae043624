package dev.perch.kit.inbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** Settings of every consumer in the process. */
@ConfigMapping(prefix = "perch.inbox")
interface InboxConfig {

  /** Wait after the first failure of a batch; doubles with each further one. */
  @WithDefault("200ms")
  Duration backoffFirst();

  /** Longest wait between two attempts at a batch. */
  @WithDefault("15s")
  Duration backoffLongest();

  /** How long a batch may fail before the alarm {@code consumer-stuck}. */
  @WithDefault("30s")
  Duration stuckAfter();

  /** How old the oldest record in work may be before the alarm {@code consumer-lagging}. */
  @WithDefault("5m")
  Duration lagLimit();

  /** How often topics are compared with what was read, and old markers and letters forgotten. */
  @WithDefault("30s")
  Duration checkEvery();

  /** Replicas of topics that are created; as for the outbox, else 3, in a trial 1. */
  @WithDefault("${perch.outbox.replicas:}")
  OptionalInt replicas();

  /** In-sync replicas that must have a record; as for the outbox, else 2, in a trial 1. */
  @WithDefault("${perch.outbox.min-in-sync-replicas:}")
  OptionalInt minInSyncReplicas();
}
