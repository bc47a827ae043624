package dev.perch.launcher.stack;

import dev.perch.contract.Json;
import dev.perch.contract.facts.MemoryFacts;
import dev.perch.contract.link.AgentKeys;
import dev.perch.contract.link.EnrolmentAnswer;
import dev.perch.contract.link.EnrolmentRequest;
import dev.perch.contract.link.EnrolmentToken;
import dev.perch.contract.link.LinkCodec;
import dev.perch.contract.link.LinkCodec.Frame;
import dev.perch.contract.link.LinkCodec.NotAMessage;
import dev.perch.contract.link.LinkMessage;
import dev.perch.contract.link.LinkProof;
import dev.perch.contract.link.LinkProtocol;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What agents do with a service all day, so that its AOT cache knows that too: they enrol, come
 * over TLS, prove who they are, report, beat and go. When a service is started anew, all of its
 * agents come at once.
 */
final class LinkExercise implements AutoCloseable {
  private static final int CONNECTIONS = 6;
  private static final int BEATS = 40;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http;
  private final KeyPair signing = AgentKeys.generate();
  private final KeyPair encryption = AgentKeys.generate();

  /**
   * @param authorities PEM of whom agents trust
   */
  LinkExercise(Path authorities) throws IOException {
    http = HttpClient.newBuilder().sslContext(trusting(authorities)).build();
  }

  /** One agent's life. */
  void run(EnrolmentToken token) throws IOException, InterruptedException {
    URI endpoint = token.endpoints().getFirst();
    UUID host = enrol(endpoint, token);
    UUID instance = UUID.randomUUID();
    for (int i = 1; i <= CONNECTIONS; i++) {
      connect(endpoint, host, instance, i);
    }
  }

  private UUID enrol(URI endpoint, EnrolmentToken token) throws IOException, InterruptedException {
    String key = AgentKeys.write(signing.getPublic());
    String other = AgentKeys.write(encryption.getPublic());
    var request =
        new EnrolmentRequest(
            token.id(),
            token.secret(),
            key,
            other,
            LinkProof.ofEnrolment(signing.getPrivate(), token.server(), token.id(), key, other),
            "training");
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(endpoint.resolve(LinkProtocol.ENROL_PATH))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(request)))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    return Json.MAPPER.readValue(answer.body(), EnrolmentAnswer.class).hostId();
  }

  private void connect(URI endpoint, UUID host, UUID instance, int number)
      throws IOException, InterruptedException {
    var heard = new Heard();
    WebSocket socket =
        http.newWebSocketBuilder()
            .connectTimeout(TIMEOUT)
            .buildAsync(URI.create("wss://" + endpoint.getAuthority() + LinkProtocol.PATH), heard)
            .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
            .join();
    try {
      var challenge = heard.await(LinkMessage.Challenge.class);
      say(
          socket,
          new LinkMessage.Hello(
              LinkProtocol.NEWEST,
              host,
              instance,
              LinkProof.ofHello(
                  signing.getPrivate(), challenge.server(), challenge.nonce(), host, instance),
              "training",
              Map.of("cpu", "unknown"),
              Map.of()));
      heard.await(LinkMessage.Welcome.class);
      var memory = new MemoryFacts(number, 0, List.of(), "madvise", Map.of());
      say(socket, new LinkMessage.Facts(1, List.of(memory.report())));
      heard.await(LinkMessage.Ack.class);
      for (int i = 0; i < BEATS; i++) {
        say(socket, new LinkMessage.Beat());
      }
    } finally {
      socket.abort();
    }
  }

  private static void say(WebSocket socket, LinkMessage message) {
    var sent =
        switch (LinkCodec.encode(message)) {
          case Frame.Text text -> socket.sendText(text.json(), true);
          case Frame.Binary binary -> socket.sendBinary(ByteBuffer.wrap(binary.gzipped()), true);
        };
    var _ = sent.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static SSLContext trusting(Path authorities) throws IOException {
    try (InputStream pem = Files.newInputStream(authorities)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry(Integer.toString(trusted.size()), one);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the authorities in " + authorities + " cannot be used", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }

  /** What the service says on one connection. */
  private static final class Heard implements WebSocket.Listener {
    private final BlockingQueue<LinkMessage> messages = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      partial.append(part);
      if (last) {
        try {
          messages.add(LinkCodec.decode(partial.toString()));
        } catch (NotAMessage e) {
          throw new IllegalStateException(e);
        }
        partial.setLength(0);
      }
      socket.request(1);
      return null;
    }

    /** The next message of this type; others before it are let pass. */
    <T extends LinkMessage> T await(Class<T> type) throws IOException, InterruptedException {
      while (true) {
        LinkMessage message = messages.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        if (message == null) {
          throw new IOException("the service said no " + type.getSimpleName());
        }
        if (type.isInstance(message)) {
          return type.cast(message);
        }
      }
    }
  }
}
