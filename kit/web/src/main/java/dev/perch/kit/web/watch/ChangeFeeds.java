package dev.perch.kit.web.watch;

import dev.perch.contract.Topic;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The feeds of this replica, one per topic. */
@ApplicationScoped
public class ChangeFeeds {
  private final Map<String, ChangeFeed> feeds = new ConcurrentHashMap<>();
  private final Map<String, Object> client;
  private final WatchConfig config;

  ChangeFeeds(@Identifier("default-kafka-broker") Map<String, Object> client, WatchConfig config) {
    this.client = client;
    this.config = config;
  }

  /** The feed of a log topic; it begins to follow it with the first call, so call it at start. */
  public ChangeFeed of(Topic topic) {
    return feeds.computeIfAbsent(topic.name(), name -> new ChangeFeed(name, client, config));
  }

  /**
   * Streams are requests that never finish: without this the whole shutdown would wait for them.
   * And all consumers leave their broker meanwhile, instead of one after the other in the end.
   */
  void drain(@Observes ShutdownDelayInitiatedEvent event) {
    feeds.values().forEach(ChangeFeed::drain);
  }

  @PreDestroy
  void close() {
    feeds.values().forEach(ChangeFeed::close);
  }
}
