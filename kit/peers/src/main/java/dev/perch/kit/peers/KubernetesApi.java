package dev.perch.kit.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a test does to a cluster as its administrator: what others would do with kubectl, and the
 * view that does not come from the code under test. Paths begin with {@code /api/v1/…}.
 *
 * <p>All methods throw {@link IllegalStateException} with the server's words for what it refuses.
 */
public final class KubernetesApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI server;
  private final HttpClient client;

  KubernetesApi(URI server, X509Certificate anchor, TestUser user) {
    this.server = server;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .sslContext(tls(anchor, user))
            .build();
  }

  public JsonNode get(String path) {
    return find(path).orElseThrow(() -> new IllegalStateException("there is no " + path));
  }

  public Optional<JsonNode> find(String path) {
    HttpResponse<byte[]> response = send(request(path).GET());
    return response.statusCode() == 404 ? Optional.empty() : Optional.of(parse(path, response));
  }

  public JsonNode create(String path, Map<String, ?> object) {
    return change(path, "POST", "application/json", object);
  }

  /** A merge patch by a field manager of that name, as {@code kubectl edit} and patch send it. */
  public JsonNode merge(String path, String manager, Map<String, ?> patch) {
    return change(
        path + "?fieldManager=" + manager, "PATCH", "application/merge-patch+json", patch);
  }

  /** Server-side apply by a field manager of that name, who takes what others own. */
  public JsonNode apply(String path, String manager, Map<String, ?> object) {
    return change(
        path + "?force=true&fieldManager=" + manager,
        "PATCH",
        "application/apply-patch+yaml",
        object);
  }

  public void delete(String path) {
    parse(path, send(request(path).DELETE()));
  }

  /** Whether the server answers well: {@code /readyz}, or any object that must be there. */
  boolean answers(String path) {
    try {
      HttpRequest request = request(path).timeout(Duration.ofSeconds(1)).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private JsonNode change(String path, String method, String type, Map<String, ?> body) {
    try {
      HttpRequest.BodyPublisher content =
          HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
      return parse(path, send(request(path).header("Content-Type", type).method(method, content)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode parse(String path, HttpResponse<byte[]> response) {
    try {
      JsonNode body = JSON.readTree(response.body());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(
            path + ": " + response.statusCode() + " " + body.path("message").asText());
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SSLContext tls(X509Certificate anchor, TestUser user) {
    try {
      char[] password = {};
      KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
      anchors.load(null, null);
      anchors.setCertificateEntry("anchor", anchor);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(anchors);
      KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
      keys.load(null, null);
      keys.setKeyEntry("user", user.key(), password, new Certificate[] {user.certificate()});
      KeyManagerFactory identity =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      identity.init(keys, password);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
      return tls;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
