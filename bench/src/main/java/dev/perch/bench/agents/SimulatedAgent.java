package dev.perch.bench.agents;

import dev.perch.contract.facts.MemoryFacts;
import dev.perch.contract.host.Condition;
import dev.perch.contract.link.FacetDigest;
import dev.perch.contract.link.FacetReport;
import dev.perch.contract.link.LinkCodec;
import dev.perch.contract.link.LinkCodec.Frame;
import dev.perch.contract.link.LinkCodec.NotAMessage;
import dev.perch.contract.link.LinkMessage;
import dev.perch.contract.link.LinkProof;
import dev.perch.contract.link.LinkProtocol;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What of an agent the server sees. Runs on one event loop, but for what is volatile. */
public final class SimulatedAgent {
  private static final long FIRST_WAIT = 500;
  private static final long LONGEST_WAIT = 15_000;

  private final Vertx vertx;
  private final WebSocketClient client;
  private final UUID host;
  private final PrivateKey key;
  private final List<URI> endpoints;
  private final UUID instance = UUID.randomUUID();
  private final Map<String, Long> documents = new HashMap<>();
  private final Map<String, FacetReport> facets = new HashMap<>();
  private volatile @Nullable WebSocket socket;
  private volatile boolean connected;
  private volatile boolean stopped;
  private volatile long lastBeat;
  private volatile int unacknowledged;
  private long wait = FIRST_WAIT;
  private long beats = -1;
  private long seq;
  private int next;

  SimulatedAgent(
      Vertx vertx, WebSocketClient client, UUID host, PrivateKey key, List<URI> endpoints) {
    this.vertx = vertx;
    this.client = client;
    this.host = host;
    this.key = key;
    this.endpoints = List.copyOf(endpoints);
  }

  public UUID host() {
    return host;
  }

  boolean isConnected() {
    return connected;
  }

  /** When it last sent a sign of life, by the clock of {@link System#currentTimeMillis}. */
  long lastBeat() {
    return lastBeat;
  }

  void connect() {
    if (stopped) {
      return;
    }
    URI endpoint = endpoints.get(next++ % endpoints.size());
    client
        .connect(
            new WebSocketConnectOptions()
                .setHost(endpoint.getHost())
                .setPort(endpoint.getPort())
                .setURI(LinkProtocol.PATH)
                .setSsl(true))
        .onSuccess(this::opened)
        .onFailure(e -> later());
  }

  private void opened(WebSocket opened) {
    socket = opened;
    opened.closeHandler(
        end -> {
          lost();
          later();
        });
    opened.exceptionHandler(e -> {});
    opened.textMessageHandler(
        text -> {
          try {
            take(LinkCodec.decode(text));
          } catch (NotAMessage e) {
            throw new IllegalStateException(e);
          }
        });
    opened.binaryMessageHandler(
        bytes -> {
          try {
            take(LinkCodec.decodeGzipped(bytes.getBytes()));
          } catch (NotAMessage e) {
            throw new IllegalStateException(e);
          }
        });
    if (stopped) {
      abort();
    }
  }

  private void lost() {
    connected = false;
    if (beats >= 0) {
      vertx.cancelTimer(beats);
      beats = -1;
    }
  }

  private void later() {
    if (!stopped) {
      vertx.setTimer(1 + ThreadLocalRandom.current().nextLong(wait), now -> connect());
      wait = Math.min(LONGEST_WAIT, wait * 2);
    }
  }

  private void take(LinkMessage message) {
    switch (message) {
      case LinkMessage.Challenge challenge ->
          send(
              new LinkMessage.Hello(
                  LinkProtocol.NEWEST,
                  host,
                  instance,
                  LinkProof.ofHello(key, challenge.server(), challenge.nonce(), host, instance),
                  "bench",
                  digests(),
                  documents));
      case LinkMessage.Welcome welcome -> welcome(welcome);
      case LinkMessage.Desired desired -> applied(desired);
      case LinkMessage.Moved moved -> wait = Math.max(1, moved.withinMillis());
      case LinkMessage.Resync resync ->
          send(resync.facets().stream().filter(facets::containsKey).map(facets::get).toList());
      case LinkMessage.Ack ack -> unacknowledged = (int) (seq - ack.upTo());
      case LinkMessage.FromAgent fromAgent -> throw new IllegalStateException("not for agents");
    }
  }

  private void welcome(LinkMessage.Welcome welcome) {
    connected = true;
    wait = FIRST_WAIT;
    seq = 0;
    unacknowledged = 0;
    beat();
    beats =
        vertx.setPeriodic(
            1 + ThreadLocalRandom.current().nextLong(welcome.beatEveryMillis()),
            welcome.beatEveryMillis(),
            now -> beat());
  }

  private void beat() {
    WebSocket open = socket;
    if (open != null && connected) {
      lastBeat = System.currentTimeMillis();
      var _ = open.writeTextMessage(LinkCodec.BEAT);
    }
  }

  private void applied(LinkMessage.Desired desired) {
    documents.put(desired.aspect(), desired.generation());
    send(
        new LinkMessage.Observed(
            ++seq,
            desired.aspect(),
            desired.generation(),
            List.of(new Condition("Applied", Condition.Status.TRUE, "Done", "", Instant.now())),
            desired.spec()));
  }

  /** Sends a changed facet; the number is in it. */
  void report(long number) {
    report(List.of(new MemoryFacts(number, 0, List.of(), "madvise", Map.of()).report()));
  }

  /** Sends facets, whole. */
  public void report(List<FacetReport> changed) {
    vertx.runOnContext(
        now -> {
          changed.forEach(report -> facets.put(report.facet(), report));
          send(changed);
        });
  }

  /** Says of all facets that they are as they were told. */
  public void confirm() {
    vertx.runOnContext(
        now -> {
          if (connected) {
            send(new LinkMessage.Digests(digests()));
          }
        });
  }

  /** Reports that were sent and not yet acknowledged. */
  public int unacknowledged() {
    return unacknowledged;
  }

  /** The connection breaks; it makes another. */
  public void cut() {
    vertx.runOnContext(now -> abort());
  }

  private Map<String, String> digests() {
    Map<String, String> digests = new HashMap<>();
    facets.forEach((facet, report) -> digests.put(facet, FacetDigest.of(report)));
    return digests;
  }

  /** What is not sent now is asked for by the server once there is a connection. */
  private void send(List<FacetReport> reports) {
    if (connected && !reports.isEmpty()) {
      send(new LinkMessage.Facts(++seq, reports));
      unacknowledged++;
    }
  }

  private void send(LinkMessage message) {
    WebSocket open = socket;
    if (open == null) {
      return;
    }
    var _ =
        switch (LinkCodec.encode(message)) {
          case Frame.Text text -> open.writeTextMessage(text.json());
          case Frame.Binary binary -> open.writeBinaryMessage(Buffer.buffer(binary.gzipped()));
        };
  }

  /** The cable is cut: it says nothing more, and the connection stays. */
  void fallSilent() {
    stopped = true;
    vertx.runOnContext(now -> lost());
  }

  void stop() {
    stopped = true;
    abort();
  }

  private void abort() {
    WebSocket open = socket;
    if (open != null) {
      var _ = open.close();
    }
  }
}
