package dev.perch.certmon.secret;

import dev.perch.certmon.issue.Chain;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.jspecify.annotations.Nullable;

/** A server on loopback that shows what it was last told to; until then it hangs up. */
final class TlsServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Thread thread = Thread.ofVirtual().unstarted(this::serve);
  private volatile @Nullable SSLContext context;

  TlsServer() throws IOException {
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    thread.start();
  }

  String address() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /** As a server does that is reloaded. */
  void show(String chainPem, String keyPem) throws Exception {
    char[] password = {};
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        key(keyPem),
        password,
        Chain.fromPem(chainPem).certificates().toArray(X509Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password);
    SSLContext next = SSLContext.getInstance("TLS");
    next.init(keys.getKeyManagers(), null, null);
    context = next;
  }

  private static PrivateKey key(String pem) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      return new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) parser.readObject());
    }
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        SSLContext now = context;
        if (now != null) {
          shake(now, socket);
        }
      } catch (IOException e) {
        // Whoever hung up, or whoever closed the listener, knows.
      }
    }
  }

  private static void shake(SSLContext context, Socket socket) throws IOException {
    try (SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true)) {
      tls.setUseClientMode(false);
      tls.startHandshake();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
