package dev.perch.inventory.presence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a host is held to be silent. */
@ConfigMapping(prefix = "perch.presence")
public interface PresenceConfig {

  /** How often an agent sends a sign of life, where its site does not say otherwise. */
  @WithDefault("1S")
  Duration beat();

  /** How many beats in a row may be missed before a host is degraded. */
  @WithDefault("3")
  int degradedAfter();

  /** How many beats in a row may be missed before a host is offline. */
  @WithDefault("10")
  int offlineAfter();

  /**
   * How long hosts have to connect again after their replica started, stopped or died, and after
   * their site returned, before they are offline.
   */
  @WithDefault("30S")
  Duration reconnectWindow();

  /** How long a replica may be silent before the others hold it for dead. */
  @WithDefault("5S")
  Duration replicaDeadAfter();
}
