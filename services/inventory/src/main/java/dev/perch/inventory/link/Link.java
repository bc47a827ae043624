package dev.perch.inventory.link;

import dev.perch.contract.link.LinkClose;
import dev.perch.contract.link.LinkCodec;
import dev.perch.contract.link.LinkCodec.Frame;
import dev.perch.contract.link.LinkCodec.NotAMessage;
import dev.perch.contract.link.LinkMessage;
import dev.perch.contract.link.LinkMessage.FromAgent;
import dev.perch.contract.link.LinkProtocol;
import dev.perch.inventory.presence.Watched;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of an agent.
 *
 * <pre>
 *   challenged ──hello──▶ asked ──admitted──▶ open ──▶ closed
 *        └───────────────────┴── anything wrong ─────────▲
 * </pre>
 *
 * The first two phases and what they allow are in {@link #first}; what an open link does is its
 * {@link Session}'s.
 */
final class Link {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ServerWebSocket socket;
  private final Surroundings around;
  private final Serial serial;
  private final Allowance messages;
  private final Allowance bytes;
  private final AtomicLong waitingBytes = new AtomicLong();
  private final String nonce = nonce();

  /** For the connection's event loop: how much longer it may take to say hello. */
  private int patience = 3;

  private long timer;

  /** Set on the link's own thread, once; read by event loops. */
  private volatile @Nullable Session session;

  private volatile boolean asked;
  private volatile @Nullable LinkClose closed;

  Link(ServerWebSocket socket, Surroundings around) {
    this.socket = socket;
    this.around = around;
    this.serial = new Serial(around.threads());
    long now = System.nanoTime();
    var config = around.config();
    messages = new Allowance(config.messagesPerSecond(), config.messagesPerSecond() * 10.0, now);
    bytes = new Allowance(config.bytesPerSecond(), config.bytesPerSecond() * 16.0, now);
  }

  /** On the connection's event loop. */
  void start() {
    socket.textMessageHandler(this::text);
    socket.binaryMessageHandler(this::binary);
    socket.exceptionHandler(
        e -> LOG.atDebug().addKeyValue("reason", e.getMessage()).log("Link failed"));
    around.registry().arrived(this);
    awaitHello();
    socket.closeHandler(end -> ended());
    send(
        new LinkMessage.Challenge(
            nonce, around.server(), LinkProtocol.OLDEST, LinkProtocol.NEWEST));
  }

  private void awaitHello() {
    timer = around.vertx().setTimer(around.config().helloWithin().toMillis(), late -> notInTime());
  }

  /**
   * Who has asked waits for us, and while this replica is behind a hello may be here unread: to
   * send them away would have them stand in the queue again.
   */
  private void notInTime() {
    if (asked) {
      return;
    }
    if (patience > 0 && around.presences().attention().isBehind()) {
      patience--;
      awaitHello();
    } else {
      close(LinkClose.TOO_LATE);
    }
  }

  private void text(String json) {
    Session open = session;
    if (open != null && json.equals(LinkCodec.BEAT)) {
      if (isAllowed(json.length())) {
        open.heard();
      }
      return;
    }
    if (isAllowed(json.length())) {
      later(json.length(), () -> LinkCodec.decode(json));
    }
  }

  private void binary(Buffer gzipped) {
    if (isAllowed(gzipped.length())) {
      later(gzipped.length(), () -> LinkCodec.decodeGzipped(gzipped.getBytes()));
    }
  }

  /** Nothing is taken before the welcome but one short message. */
  private boolean isAllowed(int length) {
    if (closed != null) {
      return false;
    }
    long now = System.nanoTime();
    if (session == null) {
      if (asked || length > LinkProtocol.PLAIN_MAX * 16) {
        close(LinkClose.MALFORMED);
        return false;
      }
      asked = true;
    }
    if (!messages.take(1, now)
        || !bytes.take(length, now)
        || waitingBytes.get() + length > around.config().waitingBytes()) {
      close(LinkClose.TOO_MANY);
      return false;
    }
    return true;
  }

  /** Reads a frame. */
  @FunctionalInterface
  private interface Decoding {
    LinkMessage decode() throws NotAMessage;
  }

  private void later(int length, Decoding frame) {
    waitingBytes.addAndGet(length);
    serial.run(
        () -> {
          try {
            if (closed == null) {
              take(frame.decode());
            }
          } catch (NotAMessage e) {
            close(e.isTooLarge() ? LinkClose.TOO_LARGE : LinkClose.MALFORMED);
          } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("Message could not be worked on");
            close(LinkClose.BUSY);
          } finally {
            waitingBytes.addAndGet(-length);
          }
        });
  }

  private void take(LinkMessage message) {
    Session open = session;
    if (!(message instanceof FromAgent fromAgent)) {
      close(LinkClose.MALFORMED);
    } else if (open != null) {
      open.take(fromAgent);
    } else if (fromAgent instanceof LinkMessage.Hello hello && isWhole(hello)) {
      first(hello);
    } else {
      close(LinkClose.MALFORMED);
    }
  }

  private static boolean isWhole(LinkMessage.@Nullable Hello hello) {
    return hello != null
        && hello.hostId() != null
        && hello.instance() != null
        && hello.proof() != null
        && hello.agentVersion() != null;
  }

  /** Waits for the verdict: this link's thread has nothing else to do. */
  private void first(LinkMessage.Hello hello) {
    switch (around.admission().ask(hello, nonce, address(), () -> closed == null).join()) {
      case Verdict.Denied denied -> close(denied.why());
      case Verdict.Admitted admitted -> open(hello, admitted);
    }
  }

  private void open(LinkMessage.Hello hello, Verdict.Admitted admitted) {
    UUID host = hello.hostId();
    Watched watched =
        around
            .presences()
            .opened(
                host,
                admitted.site(),
                admitted.number(),
                admitted.beatMillis(),
                admitted.known(),
                () -> close(LinkClose.TOO_LATE));
    var opened = new Session(this, around, watched, admitted, hello.documents());
    // Before the welcome is sent: the answer to it may come at once.
    session = opened;
    send(
        new LinkMessage.Welcome(
            admitted.number(),
            hello.protocol(),
            admitted.beatMillis(),
            around.config().pingEvery().toMillis()));
    around.registry().opened(this, opened);
    opened.begin(hello.digests());
    if (closed != null) {
      // It ended while it was let in: whoever looked for its session then found none.
      around.registry().left(this, opened);
    }
  }

  void send(LinkMessage message) {
    if (closed != null) {
      return;
    }
    var written =
        switch (LinkCodec.encode(message)) {
          case Frame.Text text -> socket.writeTextMessage(text.json());
          case Frame.Binary binary -> socket.writeBinaryMessage(Buffer.buffer(binary.gzipped()));
        };
    // A failed write is a closed connection, of which the close handler tells.
    written.onFailure(
        e -> LOG.atDebug().addKeyValue("reason", e.getMessage()).log("Message not sent"));
  }

  void ping() {
    if (closed == null) {
      var _ = socket.writePing(Buffer.buffer());
    }
  }

  /** On any thread; the first reason counts. */
  void close(LinkClose why) {
    if (closed == null) {
      closed = why;
      around.registry().closed(why);
      var _ = socket.close((short) why.code(), why.name());
    }
  }

  private void ended() {
    var _ = around.vertx().cancelTimer(timer);
    if (closed == null) {
      closed = LinkClose.MOVED;
    }
    around.registry().gone(this, session);
  }

  private String address() {
    return socket.remoteAddress() == null ? "" : socket.remoteAddress().hostAddress();
  }

  private static String nonce() {
    byte[] bits = new byte[32];
    RANDOM.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }
}
