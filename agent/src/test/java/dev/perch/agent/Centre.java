package dev.perch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.Json;
import dev.perch.contract.link.AgentKeys;
import dev.perch.contract.link.EnrolmentAnswer;
import dev.perch.contract.link.EnrolmentRequest;
import dev.perch.contract.link.EnrolmentToken;
import dev.perch.contract.link.LinkClose;
import dev.perch.contract.link.LinkCodec;
import dev.perch.contract.link.LinkCodec.Frame;
import dev.perch.contract.link.LinkCodec.NotAMessage;
import dev.perch.contract.link.LinkMessage;
import dev.perch.contract.link.LinkMessage.Ack;
import dev.perch.contract.link.LinkMessage.Challenge;
import dev.perch.contract.link.LinkMessage.FromServer;
import dev.perch.contract.link.LinkMessage.Hello;
import dev.perch.contract.link.LinkMessage.Report;
import dev.perch.contract.link.LinkMessage.Welcome;
import dev.perch.contract.link.LinkProof;
import dev.perch.contract.link.LinkProtocol;
import dev.perch.contract.link.LinkSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The other end of the link, on the wire as the real one is: TLS, WebSocket, proofs. What it does
 * with what it is told is up to the test.
 */
final class Centre implements AutoCloseable {
  static final String NAME = "perch-in-test";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx();
  private final Authority authority;
  private final UUID hostId = UUID.randomUUID();
  private final BlockingQueue<LinkMessage> heard = new LinkedBlockingQueue<>();
  private final List<String> usedTokens = new ArrayList<>();
  private final HttpServer server;
  private volatile @Nullable ServerWebSocket socket;
  private volatile @Nullable PublicKey signingKey;
  private volatile boolean acknowledges = true;
  private volatile boolean welcomes = true;
  private volatile long pingEvery = 60_000;
  private volatile long beatEvery = 50;
  private volatile int connections;

  Centre(Authority authority) {
    this.authority = authority;
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .setCertPath(authority.chain().toString())
                    .setKeyPath(authority.key().toString()));
    server =
        vertx
            .createHttpServer(options)
            .requestHandler(this::enrol)
            .webSocketHandler(this::connected)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** Knows an agent that enrolled with another one, as a replica does. */
  Centre knowing(Centre other) {
    signingKey = other.signingKey;
    return this;
  }

  Centre withoutAcknowledging() {
    acknowledges = false;
    return this;
  }

  Centre withoutWelcoming() {
    welcomes = false;
    return this;
  }

  Centre promisingToPingEvery(Duration time) {
    pingEvery = time.toMillis();
    return this;
  }

  Centre beating(Duration every) {
    beatEvery = every.toMillis();
    return this;
  }

  LinkSettings settings() {
    return new LinkSettings(NAME, List.of(endpoint()), Set.of(authority.pin()));
  }

  URI endpoint() {
    return URI.create("https://127.0.0.1:" + server.actualPort());
  }

  EnrolmentToken token() {
    return new EnrolmentToken(
        "token-1",
        "secret",
        NAME,
        List.of(endpoint()),
        Set.of(authority.pin()),
        Instant.now().plusSeconds(60));
  }

  int connections() {
    return connections;
  }

  /** The next message of this type; others before it are forgotten. */
  <T extends LinkMessage> T await(Class<T> type) throws InterruptedException {
    return await(type, message -> true);
  }

  <T extends LinkMessage> T await(Class<T> type, Predicate<T> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      LinkMessage message = heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (message == null) {
        throw new AssertionError("no such " + type.getSimpleName() + " came");
      }
      if (type.isInstance(message) && wanted.test(type.cast(message))) {
        return type.cast(message);
      }
    }
  }

  /** What has come and was not awaited. */
  List<LinkMessage> heard() {
    return List.copyOf(heard);
  }

  void send(FromServer message) {
    ServerWebSocket to = socket;
    assertThat(to).as("nobody is connected").isNotNull();
    write(to, message);
  }

  void drop() {
    ServerWebSocket to = socket;
    if (to != null) {
      vertx.runOnContext(ignored -> to.close((short) LinkClose.BUSY.code()));
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void enrol(HttpServerRequest request) {
    request.bodyHandler(
        body -> {
          try {
            EnrolmentRequest asked = Json.MAPPER.readValue(body.getBytes(), EnrolmentRequest.class);
            PublicKey key = AgentKeys.read(asked.signingKey());
            boolean good =
                request.path().equals(LinkProtocol.ENROL_PATH)
                    && asked.tokenSecret().equals("secret")
                    && (!usedTokens.contains(asked.tokenId()) || key.equals(signingKey))
                    && LinkProof.isEnrolment(
                        key,
                        asked.proof(),
                        NAME,
                        asked.tokenId(),
                        asked.signingKey(),
                        asked.encryptionKey());
            if (!good) {
              request.response().setStatusCode(403).end();
              return;
            }
            usedTokens.add(asked.tokenId());
            signingKey = key;
            request
                .response()
                .setStatusCode(201)
                .end(
                    Buffer.buffer(
                        Json.MAPPER.writeValueAsBytes(
                            new EnrolmentAnswer(hostId, UUID.randomUUID(), "h-1", settings()))));
          } catch (IOException e) {
            request.response().setStatusCode(400).end();
          }
        });
  }

  private void connected(ServerWebSocket connection) {
    connections++;
    socket = connection;
    String nonce = UUID.randomUUID().toString();
    write(connection, new Challenge(nonce, NAME, LinkProtocol.OLDEST, LinkProtocol.NEWEST));
    connection.textMessageHandler(text -> said(connection, nonce, () -> LinkCodec.decode(text)));
    connection.binaryMessageHandler(
        bytes -> said(connection, nonce, () -> LinkCodec.decodeGzipped(bytes.getBytes())));
  }

  private interface Decoding {
    LinkMessage decode() throws NotAMessage;
  }

  private void said(ServerWebSocket connection, String nonce, Decoding decoding) {
    LinkMessage message;
    try {
      message = decoding.decode();
    } catch (NotAMessage e) {
      connection.close((short) LinkClose.MALFORMED.code());
      return;
    }
    if (message instanceof Hello hello && !admit(connection, nonce, hello)) {
      return;
    }
    heard.add(message);
    if (message instanceof Report report && acknowledges) {
      write(connection, new Ack(report.seq(), List.of()));
    }
  }

  private boolean admit(ServerWebSocket connection, String nonce, Hello hello) {
    PublicKey key = signingKey;
    boolean good =
        welcomes
            && key != null
            && LinkProof.isHello(key, hello.proof(), NAME, nonce, hello.hostId(), hello.instance());
    if (good) {
      write(connection, new Welcome(connections, LinkProtocol.NEWEST, beatEvery, pingEvery));
    } else {
      connection.close((short) LinkClose.REFUSED.code());
    }
    return good;
  }

  private static void write(ServerWebSocket connection, FromServer message) {
    var ignored =
        switch (LinkCodec.encode(message)) {
          case Frame.Text text -> connection.writeTextMessage(text.json());
          case Frame.Binary binary ->
              connection.writeBinaryMessage(Buffer.buffer(binary.gzipped()));
        };
  }
}
