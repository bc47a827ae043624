package dev.perch.kit.web.watch;

import java.time.Duration;

/** Settings of feeds in tests: small, so that their bounds are met. */
record TestWatch(int windowEvents) implements WatchConfig {
  @Override
  public long windowBytes() {
    return 16 << 20;
  }

  @Override
  public Duration heartbeat() {
    return Duration.ofMillis(300);
  }

  @Override
  public Duration stall() {
    return Duration.ofSeconds(5);
  }

  @Override
  public int watchers() {
    return 10;
  }

  @Override
  public int catchUps() {
    return 2;
  }

  @Override
  public Duration topicCheck() {
    return Duration.ofMillis(300);
  }
}
