package dev.perch.certmon.issue;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.AbstractAcmeProvider;

/** Any ACME server, reached with named trust anchors, by one client for all sessions. */
final class AcmeServer extends AbstractAcmeProvider implements AutoCloseable {
  private final HttpClient client;

  AcmeServer(Set<X509Certificate> anchors, Duration timeout) {
    this.client = Https.client(anchors, timeout);
  }

  @Override
  public boolean accepts(URI server) {
    return true;
  }

  @Override
  public URL resolve(URI server) {
    try {
      return server.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("not a directory: " + server, e);
    }
  }

  @Override
  public HttpClient createHttpClient(NetworkSettings settings) {
    return client;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
