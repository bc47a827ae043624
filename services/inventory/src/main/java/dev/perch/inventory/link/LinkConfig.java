package dev.perch.inventory.link;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of the agent link. */
@ConfigMapping(prefix = "perch.link")
interface LinkConfig {

  /** How often the server pings, so that an agent notices a connection that is dead. */
  @WithDefault("15S")
  Duration pingEvery();

  /** How long a new connection may take to prove who it is. */
  @WithDefault("10S")
  Duration helloWithin();

  /** How many connections may be open that have not proven yet who they are. */
  @WithDefault("2000")
  int unproven();

  /** How many messages a second an agent may send for long; ten times as many at once. */
  @WithDefault("50")
  int messagesPerSecond();

  /** How many bytes a second an agent may send for long; sixteen times as many at once. */
  @WithDefault("262144")
  int bytesPerSecond();

  /** How many bytes of an agent may wait to be worked on. */
  @WithDefault("2097152")
  int waitingBytes();

  /** Within which time agents connect elsewhere when this replica ends. */
  @WithDefault("5S")
  Duration moveWithin();

  /** How often a replica looks for what others did to its hosts. */
  @WithDefault("100MS")
  Duration noticesEvery();
}
