package dev.perch.kit.web.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How changes are watched. */
@ConfigMapping(prefix = "perch.watch")
public interface WatchConfig {

  /** How many of the newest events of a topic are kept in memory for watchers. */
  @WithDefault("10000")
  int windowEvents();

  /** How many bytes of the newest events of a topic are kept in memory for watchers. */
  @WithDefault("16777216")
  long windowBytes();

  /** How long a stream is silent before a heartbeat is sent. */
  @WithDefault("15S")
  Duration heartbeat();

  /** How long a watcher may leave sent data unread before it is cut. */
  @WithDefault("30S")
  Duration stall();

  /** How many watchers one replica serves. */
  @WithDefault("2000")
  int watchers();

  /** How many watchers may read older events from the broker at the same time. */
  @WithDefault("8")
  int catchUps();

  /** How often a tail asks whether its topic is still the same one. */
  @WithDefault("5S")
  Duration topicCheck();
}
