package dev.perch.inventory.facts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When something is wrong with what hosts report. */
@ConfigMapping(prefix = "perch.facts")
interface FactsConfig {

  /** How often it is looked for. */
  @WithDefault("30S")
  Duration lookEvery();

  /** How long the agent of a host that is heard may leave its facts unconfirmed. */
  @WithDefault("30M")
  Duration staleAfter();

  /** How often an interface may change its state within the window before it flaps. */
  @WithDefault("4")
  int flaps();

  /** The window in which changes of an interface are counted. */
  @WithDefault("10M")
  Duration flapsWithin();
}
