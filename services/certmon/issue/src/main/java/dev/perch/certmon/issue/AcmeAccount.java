package dev.perch.certmon.issue;

import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URL;
import java.security.KeyPair;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeNetworkException;

/**
 * Our account at a server. It is known by its key alone: whoever asks for a new account with the
 * key of an old one gets the old one (RFC 8555 §7.3.1), so its URL need not be kept. A server that
 * has lost it makes it again.
 */
final class AcmeAccount implements AutoCloseable {
  private final AcmeSettings settings;
  private final KeyPair key;
  private final AcmeServer server;
  // A session holds its nonce over a whole request: as many requests as sessions.
  private final BlockingQueue<Session> sessions;
  private final Object registering = new Object();
  private volatile @Nullable URL location;

  AcmeAccount(AcmeSettings settings, KeyPair key) {
    this.settings = settings;
    this.key = key;
    this.sessions = new ArrayBlockingQueue<>(settings.sessions());
    this.server = new AcmeServer(settings.tlsAnchors(), settings.timeout());
    for (int i = 0; i < settings.sessions(); i++) {
      Session session = new Session(settings.directory(), server);
      session.networkSettings().setTimeout(settings.timeout());
      sessions.add(session);
    }
  }

  /** Something asked of the server. */
  interface Call<P, T> {
    T on(P party) throws AcmeException;
  }

  /** With a session of our own, without an account. */
  <T> T anonymously(Call<Session, T> call) throws AcmeException {
    Session session = take();
    try {
      return call.on(session);
    } finally {
      sessions.add(session);
    }
  }

  /** As the account, which is made if the server does not have it. */
  <T> T call(Call<Login, T> call) throws AcmeException {
    return anonymously(session -> call.on(session.login(registered(session), key)));
  }

  /** The server does not know the account (any more). */
  void forget(URI lost) {
    synchronized (registering) {
      if (location != null && location.toString().equals(lost.toString())) {
        location = null;
      }
    }
  }

  void forget() {
    synchronized (registering) {
      location = null;
    }
  }

  @Override
  public void close() {
    server.close();
  }

  private URL registered(Session session) throws AcmeException {
    URL known = location;
    if (known != null) {
      return known;
    }
    synchronized (registering) {
      known = location;
      if (known == null) {
        known = register(session);
        location = known;
      }
      return known;
    }
  }

  private URL register(Session session) throws AcmeException {
    AccountBuilder builder = new AccountBuilder().useKeyPair(key);
    settings.contacts().forEach(builder::addContact);
    if (settings.termsAgreed()) {
      builder.agreeToTermsOfService();
    }
    if (settings.external() != null) {
      builder.withKeyIdentifier(settings.external().keyId(), settings.external().macKey());
    }
    return builder.createLogin(session).getAccountLocation();
  }

  private Session take() throws AcmeException {
    try {
      return sessions.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AcmeNetworkException(new InterruptedIOException("interrupted"));
    }
  }
}
