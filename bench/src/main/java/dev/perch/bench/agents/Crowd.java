package dev.perch.bench.agents;

import dev.perch.bench.stack.Inventory;
import dev.perch.contract.link.AgentKeys;
import dev.perch.contract.link.EnrolmentAnswer;
import dev.perch.contract.link.EnrolmentRequest;
import dev.perch.contract.link.EnrolmentToken;
import dev.perch.contract.link.LinkProof;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Simulated agents, on TLS 1.3 with P-256, each with a connection of its own. They share two key
 * pairs, which the server cannot know: making ten thousand is not what is measured.
 */
public final class Crowd implements AutoCloseable {
  private static final int AT_ONCE = 8;

  /** As agents. */
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final WebSocketClient client;
  private final KeyPair signing = AgentKeys.generate();
  private final KeyPair encryption = AgentKeys.generate();
  private final List<SimulatedAgent> agents = new ArrayList<>();

  /**
   * @param authorities PEM of whom agents trust
   */
  public Crowd(Path authorities) {
    WebSocketClientOptions options =
        new WebSocketClientOptions()
            .setSsl(true)
            .setTrustOptions(new PemTrustOptions().addCertPath(authorities.toString()))
            .setTryUsePerMessageCompression(false)
            .setMaxConnections(Integer.MAX_VALUE)
            .setConnectTimeout((int) CONNECT_WITHIN.toMillis())
            .setSslHandshakeTimeout(CONNECT_WITHIN.toSeconds())
            .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    if (OpenSSLEngineOptions.isAvailable()) {
      // They share the processors with the service that is measured.
      options.setSslEngineOptions(new OpenSSLEngineOptions());
    }
    client = vertx.createWebSocketClient(options);
  }

  /** Enrols so many agents, in sites of so many hosts. */
  public void enrol(Inventory inventory, int count, int perSite, Duration beat)
      throws IOException, InterruptedException, ExecutionException {
    String run = Long.toString(System.currentTimeMillis(), 36);
    List<Callable<SimulatedAgent>> tasks = new ArrayList<>();
    @Nullable UUID site = null;
    for (int i = 0; i < count; i++) {
      if (i % perSite == 0) {
        site = inventory.createSite("agents-" + run + "-" + i / perSite, beat);
      }
      UUID in = Objects.requireNonNull(site);
      String name = "h-" + run + "-" + i;
      tasks.add(() -> enrol(inventory, in, name));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<SimulatedAgent> agent : threads.invokeAll(tasks)) {
        agents.add(agent.get());
      }
    }
  }

  private SimulatedAgent enrol(Inventory inventory, UUID site, String name)
      throws IOException, InterruptedException {
    EnrolmentToken token = inventory.invite(site, name);
    String key = AgentKeys.write(signing.getPublic());
    String other = AgentKeys.write(encryption.getPublic());
    EnrolmentAnswer answer =
        inventory.enrol(
            new EnrolmentRequest(
                token.id(),
                token.secret(),
                key,
                other,
                LinkProof.ofEnrolment(signing.getPrivate(), token.server(), token.id(), key, other),
                "bench"));
    List<URI> endpoints = token.endpoints();
    return new SimulatedAgent(vertx, client, answer.hostId(), signing.getPrivate(), endpoints);
  }

  public List<SimulatedAgent> agents() {
    return agents;
  }

  /** All connect, spread over this time, and go on connecting whenever they are cut off. */
  public void start(Duration over) {
    long spread = Math.max(1, over.toMillis());
    for (int i = 0; i < agents.size(); i++) {
      SimulatedAgent agent = agents.get(i);
      var _ = vertx.setTimer(1 + spread * i / agents.size(), now -> agent.connect());
    }
  }

  public long connected() {
    return agents.stream().filter(SimulatedAgent::isConnected).count();
  }

  @Override
  public void close() {
    agents.forEach(SimulatedAgent::stop);
    client.close().toCompletionStage().toCompletableFuture().join();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
