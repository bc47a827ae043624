package dev.perch.inventory.link;

import dev.perch.contract.link.FacetReport;
import dev.perch.contract.link.LinkMessage;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An agent that is connected and beats until it is closed. */
public final class LivingAgent implements AutoCloseable {
  private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
  private final TestAgent agent;
  private long seq;

  private LivingAgent(TestAgent agent) {
    this.agent = agent;
    agent.welcomed();
    var _ = heart.scheduleAtFixedRate(this::beat, 0, 50, TimeUnit.MILLISECONDS);
  }

  /** The agent of a host that has none. */
  public static LivingAgent of(UUID host) {
    return new LivingAgent(TestAgent.enrolled(host));
  }

  /** The same machine's next connection. */
  public LivingAgent again() {
    return new LivingAgent(agent.again());
  }

  /** Sends facets; returns when they are committed. */
  public LivingAgent reports(List<FacetReport> facets) {
    say(new LinkMessage.Facts(++seq, facets));
    var _ = agent.await(LinkMessage.Ack.class);
    return this;
  }

  /** On the thread of the beats: a WebSocket takes one message at a time. */
  private void say(LinkMessage message) {
    CompletableFuture.runAsync(() -> agent.say(message), heart).join();
  }

  private void beat() {
    if (!agent.isClosed()) {
      agent.beat();
    }
  }

  @Override
  public void close() {
    heart.shutdownNow();
    agent.close();
  }
}
