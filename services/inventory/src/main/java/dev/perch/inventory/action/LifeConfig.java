package dev.perch.inventory.action;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long hosts are given when they are locked and unlocked. */
@ConfigMapping(prefix = "perch.life")
interface LifeConfig {

  /** How long a lock waits for documents that are being applied before it is refused. */
  @WithDefault("1M")
  Duration settleWithin();

  /** How long an unlocked host has to prove that it is there before it is locked again. */
  @WithDefault("5M")
  Duration proveWithin();
}
