package dev.perch.inventory.link;

import static dev.perch.inventory.Api.asOperator;
import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.Json;
import dev.perch.contract.link.AgentKeys;
import dev.perch.contract.link.EnrolmentRequest;
import dev.perch.contract.link.EnrolmentToken;
import dev.perch.contract.link.LinkClose;
import dev.perch.contract.link.LinkCodec;
import dev.perch.contract.link.LinkCodec.Frame;
import dev.perch.contract.link.LinkCodec.NotAMessage;
import dev.perch.contract.link.LinkMessage;
import dev.perch.contract.link.LinkProof;
import dev.perch.contract.link.LinkProtocol;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An agent as far as the link sees it: enrolled, with keys, over a real WebSocket. */
public final class TestAgent implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final UUID host;
  private final KeyPair keys;
  private final BlockingQueue<LinkMessage> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  UUID instance = UUID.randomUUID();
  private @Nullable WebSocket socket;

  private TestAgent(UUID host, KeyPair keys) {
    this.host = host;
    this.keys = keys;
  }

  /** Enrols as the agent of a host. */
  public static TestAgent enrolled(UUID host) {
    KeyPair keys = AgentKeys.generate();
    enrol(token(host, false), keys).then().statusCode(201);
    return new TestAgent(host, keys);
  }

  /** Enrols with a token that somebody else asked for. */
  static TestAgent enrolled(UUID host, EnrolmentToken token) {
    KeyPair keys = AgentKeys.generate();
    enrol(token, keys).then().statusCode(201);
    return new TestAgent(host, keys);
  }

  /** Says it is the agent of a host, with a key that nobody knows. */
  static TestAgent unknown(UUID host) {
    return new TestAgent(host, AgentKeys.generate());
  }

  public static EnrolmentToken token(UUID host, boolean replace) {
    return EnrolmentToken.read(
        asOperator()
            .contentType(ContentType.JSON)
            .body(Map.of("hostId", host, "replace", replace))
            .post("/v1/enrolment-tokens")
            .then()
            .statusCode(201)
            .extract()
            .path("token"));
  }

  public static Response enrol(EnrolmentToken token, KeyPair keys) {
    return enrol(token, keys, AgentKeys.generate());
  }

  static Response enrol(EnrolmentToken token, KeyPair keys, KeyPair encryption) {
    String signing = AgentKeys.write(keys.getPublic());
    String other = AgentKeys.write(encryption.getPublic());
    return send(
        new EnrolmentRequest(
            token.id(),
            token.secret(),
            signing,
            other,
            LinkProof.ofEnrolment(keys.getPrivate(), token.server(), token.id(), signing, other),
            "test"));
  }

  static Response send(EnrolmentRequest request) {
    return RestAssured.given()
        .contentType(ContentType.JSON)
        .body(Json.MAPPER.valueToTree(request).toString())
        .post(LinkProtocol.ENROL_PATH);
  }

  private WebSocket socket() {
    return Objects.requireNonNull(socket, "not connected");
  }

  public UUID host() {
    return host;
  }

  /** The same machine's next connection; this one stays as it is. */
  public TestAgent again() {
    var again = new TestAgent(host, keys);
    again.instance = instance;
    return again;
  }

  /** Says it is another host, with this one's key. */
  TestAgent as(UUID other) {
    return new TestAgent(other, keys);
  }

  /** Another process with the same key. */
  TestAgent clone(UUID instance) {
    var clone = new TestAgent(host, keys);
    clone.instance = instance;
    return clone;
  }

  TestAgent connect() {
    socket =
        HTTP.newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://localhost:" + RestAssured.port + LinkProtocol.PATH),
                new Listener())
            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
    return this;
  }

  LinkMessage.Challenge challenge() {
    return await(LinkMessage.Challenge.class);
  }

  TestAgent hello(LinkMessage.Challenge challenge) {
    return hello(challenge, LinkProtocol.NEWEST, Map.of(), Map.of());
  }

  TestAgent hello(
      LinkMessage.Challenge challenge,
      int protocol,
      Map<String, String> digests,
      Map<String, Long> documents) {
    return say(
        new LinkMessage.Hello(
            protocol,
            host,
            instance,
            LinkProof.ofHello(
                keys.getPrivate(), challenge.server(), challenge.nonce(), host, instance),
            "test 1.0",
            digests,
            documents));
  }

  /** Connects and is let in. */
  public TestAgent welcomed() {
    connect().hello(challenge());
    await(LinkMessage.Welcome.class);
    return this;
  }

  public TestAgent say(LinkMessage message) {
    switch (LinkCodec.encode(message)) {
      case Frame.Text text -> text(text.json());
      case Frame.Binary binary -> binary(binary.gzipped());
    }
    return this;
  }

  TestAgent text(String text) {
    socket().sendText(text, true).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    return this;
  }

  TestAgent binary(byte[] bytes) {
    socket()
        .sendBinary(ByteBuffer.wrap(bytes), true)
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
    return this;
  }

  public void beat() {
    text(LinkCodec.BEAT);
  }

  /** The next message, which is of this kind. */
  public <T extends LinkMessage> T await(Class<T> kind) {
    try {
      @Nullable LinkMessage next = heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(next).as("closed: %s", closed.getNow(null)).isInstanceOf(kind);
      return kind.cast(next);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What came and was not awaited. */
  List<LinkMessage> rest() {
    return List.copyOf(heard);
  }

  public boolean isClosed() {
    return closed.isDone();
  }

  /** Awaits the end, and says why. */
  LinkClose closedBecause() {
    int code = closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    return LinkClose.of(code).orElseThrow(() -> new AssertionError("closed with " + code));
  }

  /** The connection ends as when a cable is cut: nothing is said. */
  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        hear(() -> LinkCodec.decode(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      bytes.writeBytes(part);
      if (last) {
        hear(() -> LinkCodec.decodeGzipped(bytes.toByteArray()));
        bytes.reset();
      }
      from.request(1);
      return null;
    }

    private void hear(Reading reading) {
      try {
        heard.add(reading.read());
      } catch (NotAMessage e) {
        closed.completeExceptionally(e);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }
  }

  @FunctionalInterface
  private interface Reading {
    LinkMessage read() throws NotAMessage;
  }
}
