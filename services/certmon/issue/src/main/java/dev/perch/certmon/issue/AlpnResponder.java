package dev.perch.certmon.issue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers tls-alpn-01 (RFC 8737) on a port of its own, which must be reachable as 443 from the
 * authority. It shows a certificate to nobody who does not ask for {@code acme-tls/1} and a name
 * that has a challenge, and says nothing but the handshake.
 */
public final class AlpnResponder implements AutoCloseable {
  static final String PROTOCOL = "acme-tls/1";

  private static final Logger LOG = LoggerFactory.getLogger(AlpnResponder.class);
  private static final int HANDSHAKE_MILLIS = 5_000;
  private static final int BACKLOG = 50;

  /** Anybody may connect; whoever comes when so many are there waits in the backlog. */
  private static final int MOST_AT_ONCE = 100;

  private final SSLServerSocket server;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);

  /**
   * Listens at once.
   *
   * @param address port 0 for any
   * @param answers the challenge of a name, if it has one; asked in each handshake, may block
   */
  public AlpnResponder(
      InetSocketAddress address, Clock clock, Function<SubjectName, Optional<Challenge>> answers) {
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(new KeyManager[] {new AlpnAnswers(clock, answers)}, null, null);
      this.server = (SSLServerSocket) tls.getServerSocketFactory().createServerSocket();
      SSLParameters parameters = server.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {PROTOCOL});
      server.setSSLParameters(parameters);
      server.bind(address, BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on " + address, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    Thread.ofVirtual().name("tls-alpn-01-" + port()).start(this::serve);
  }

  public int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    while (!server.isClosed()) {
      room.acquireUninterruptibly();
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> shakeHands((SSLSocket) socket));
      } catch (IOException e) {
        room.release();
        if (!server.isClosed()) {
          LOG.atWarn().addKeyValue("port", port()).setCause(e).log("A connection was not accepted");
        }
      }
    }
  }

  private void shakeHands(SSLSocket socket) {
    try (socket) {
      socket.setSoTimeout(HANDSHAKE_MILLIS);
      socket.startHandshake();
    } catch (SSLException stranger) {
      LOG.atDebug().setCause(stranger).log("A handshake for tls-alpn-01 failed");
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("A connection for tls-alpn-01 broke");
    } finally {
      room.release();
    }
  }
}
