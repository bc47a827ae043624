package dev.perch.kit.reconcile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the work queues. */
@ConfigMapping(prefix = "perch.reconcile")
interface ReconcileConfig {

  /** How long a key stays with a worker that is not heard of, before another one takes it. */
  @WithDefault("8S")
  Duration lease();

  /** How often a worker renews what it holds; at most half the lease. */
  @WithDefault("2S")
  Duration renew();

  /** How often a queue is looked at when nothing has woken it. */
  @WithDefault("1S")
  Duration poll();

  /** How often it is looked for work that has failed for too long. */
  @WithDefault("10S")
  Duration watch();

  /** How long a stopping service lets work end by itself before it interrupts it. */
  @WithDefault("1S")
  Duration grace();
}
