package dev.perch.agent.link;

import dev.perch.contract.link.LinkClose;
import dev.perch.contract.link.LinkCodec;
import dev.perch.contract.link.LinkCodec.Frame;
import dev.perch.contract.link.LinkCodec.NotAMessage;
import dev.perch.contract.link.LinkMessage;
import dev.perch.contract.link.LinkMessage.FromAgent;
import dev.perch.contract.link.LinkMessage.FromServer;
import dev.perch.contract.link.LinkProtocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket, for one thread: what comes waits in a queue, what is sent is on the wire when the
 * method returns.
 */
final class Connection implements AutoCloseable {
  private static final Duration SEND_WITHIN = Duration.ofSeconds(20);
  private static final int NORMAL = 1000;

  /** What happens on a connection. */
  sealed interface Event {
    record Message(FromServer message) implements Event {}

    /** There may be something to send. */
    record Wake() implements Event {}

    /**
     * @param close null if the server gave another code, or none
     */
    record Closed(@Nullable LinkClose close, String reason) implements Event {}
  }

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile long lastHeard = System.nanoTime();
  private final WebSocket socket;

  private Connection(HttpClient client, URI endpoint) throws IOException, InterruptedException {
    socket =
        await(
            client
                .newWebSocketBuilder()
                .connectTimeout(Transport.CONNECT_WITHIN)
                .buildAsync(address(endpoint), new Listener()),
            Transport.CONNECT_WITHIN.plusSeconds(5));
  }

  static Connection open(HttpClient client, URI endpoint) throws IOException, InterruptedException {
    return new Connection(client, endpoint);
  }

  void send(FromAgent message) throws IOException, InterruptedException {
    var _ =
        await(
            switch (LinkCodec.encode(message)) {
              case Frame.Text text -> socket.sendText(text.json(), true);
              case Frame.Binary binary ->
                  socket.sendBinary(ByteBuffer.wrap(binary.gzipped()), true);
            },
            SEND_WITHIN);
  }

  /** The next event; null if none comes in this time. */
  @Nullable Event poll(long nanos) throws InterruptedException {
    return events.poll(nanos, TimeUnit.NANOSECONDS);
  }

  /** Lets {@link #poll} return. */
  void wake() {
    events.add(new Event.Wake());
  }

  /** For how long nothing has come, pings included. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastHeard);
  }

  /** Says good-bye if the other side still listens. */
  @Override
  public void close() {
    CompletableFuture<?> sent = socket.sendClose(NORMAL, "");
    try {
      var _ = sent.get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Nobody hears it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      socket.abort();
    }
  }

  private static URI address(URI endpoint) throws IOException {
    try {
      return new URI(
          "wss", null, endpoint.getHost(), endpoint.getPort(), LinkProtocol.PATH, null, null);
    } catch (URISyntaxException e) {
      throw new IOException("no address: " + endpoint, e);
    }
  }

  private static <T> T await(CompletionStage<T> stage, Duration patience)
      throws IOException, InterruptedException {
    try {
      return stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + patience.toSeconds() + " s", e);
    } catch (ExecutionException | CompletionException e) {
      throw new IOException(message(e), e);
    }
  }

  /** The innermost words: the outer ones only say that something failed. */
  private static String message(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner.getClass().getSimpleName() + ": " + inner.getMessage();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      lastHeard = System.nanoTime();
      text.append(data);
      if (text.length() > LinkProtocol.MESSAGE_MAX) {
        fail("the server's message is too long");
      } else if (last) {
        String json = text.toString();
        text.setLength(0);
        text.trimToSize();
        accept(() -> LinkCodec.decode(json));
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      lastHeard = System.nanoTime();
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      binary.writeBytes(bytes);
      if (binary.size() > LinkProtocol.FRAME_MAX) {
        fail("the server's frame is too long");
      } else if (last) {
        byte[] gzipped = binary.toByteArray();
        binary.reset();
        accept(() -> LinkCodec.decodeGzipped(gzipped));
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
      lastHeard = System.nanoTime();
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      events.add(new Event.Closed(LinkClose.of(code).orElse(null), "closed with code " + code));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      fail(message(error));
    }

    private void accept(Decoding decoding) {
      try {
        if (decoding.decode() instanceof FromServer message) {
          events.add(new Event.Message(message));
        }
      } catch (NotAMessage e) {
        // A newer server may say what this agent need not know.
      }
    }

    private void fail(String reason) {
      events.add(new Event.Closed(null, reason));
    }
  }

  @FunctionalInterface
  private interface Decoding {
    LinkMessage decode() throws NotAMessage;
  }
}
