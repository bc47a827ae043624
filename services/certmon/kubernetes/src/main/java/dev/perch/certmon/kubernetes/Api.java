package dev.perch.certmon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLException;

/**
 * The few requests that publishing needs, of the API of Kubernetes. Nothing is tried again here:
 * the caller has a queue, and knows what is more urgent.
 */
final class Api implements AutoCloseable {
  static final String FIELD_MANAGER = "perch-certmon";
  static final String CERTIFICATE_LABEL = "perch.dev/certificate";

  /** More at once only wait in the API server, which takes turns by client. */
  private static final int AT_ONCE = 16;

  private static final String JSON_TYPE = "application/json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Cluster cluster;
  private final String base;
  private final HttpClient client;
  private final Semaphore places = new Semaphore(AT_ONCE);

  Api(Cluster cluster) {
    this.cluster = cluster;
    // Behind a proxy, the API has a path before its own.
    this.base = cluster.server().toString().replaceAll("/+$", "");
    this.client =
        HttpClient.newBuilder()
            // A connection for each watch: one that hangs holds up nobody else.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(cluster.timeout())
            .sslContext(Tls.context(cluster))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /** Reads an object; empty if it is not there. */
  Optional<JsonNode> find(String path) throws ApiFailure {
    HttpResponse<byte[]> response = exchange(request(path).GET());
    return response.statusCode() == 404 ? Optional.empty() : Optional.of(content(response));
  }

  /** Reads names and versions only: of Secrets, no data. */
  JsonNode metadata(String path) throws ApiFailure {
    return content(exchange(request(path).setHeader("Accept", partial("List")).GET()));
  }

  JsonNode create(String path, Map<String, ?> object) throws ApiFailure {
    return content(exchange(with(request(path), "POST", JSON_TYPE, object)));
  }

  /**
   * Server-side apply.
   *
   * @param force whether to take what others own
   */
  void apply(String path, boolean force, Map<String, ?> object) throws ApiFailure {
    String parameters = "?fieldManager=" + FIELD_MANAGER + "&force=" + force;
    // JSON is YAML, and this is what the API server takes for it.
    var _ =
        content(
            exchange(
                with(request(path + parameters), "PATCH", "application/apply-patch+yaml", object)));
  }

  void delete(String path, Map<String, ?> options) throws ApiFailure {
    HttpResponse<byte[]> response = exchange(with(request(path), "DELETE", JSON_TYPE, options));
    if (response.statusCode() != 404) {
      var _ = content(response);
    }
  }

  /** An answer without an end, of names and versions only; to be closed. */
  InputStream follow(String path) throws ApiFailure {
    HttpRequest request = request(path).setHeader("Accept", partial("")).GET().build();
    HttpResponse<InputStream> response = send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() == 200) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      throw Refusals.of(response.statusCode(), response.headers(), parse(body.readAllBytes()));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** A connection that broke, or that is not with whom it should be. */
  ApiFailure broken(IOException cause) {
    URI server = cluster.server();
    String where = server.getHost() + (server.getPort() < 0 ? "" : ":" + server.getPort());
    String reason =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    String detail = where + ": " + reason;
    return new ApiFailure(
        cause instanceof SSLException
            ? new Failure.Untrusted(detail)
            : new Failure.Unreachable(detail));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(cluster.timeout())
            .header("Accept", JSON_TYPE)
            .header("User-Agent", FIELD_MANAGER);
    if (cluster.credential() instanceof Credential.Token(String token)) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private static HttpRequest.Builder with(
      HttpRequest.Builder request, String method, String type, Map<String, ?> body) {
    try {
      return request
          .header("Content-Type", type)
          .method(method, HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<byte[]> exchange(HttpRequest.Builder request) throws ApiFailure {
    try {
      places.acquire();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    try {
      return send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } finally {
      places.release();
    }
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws ApiFailure {
    try {
      return client.send(request, handler);
    } catch (IOException e) {
      throw broken(e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private ApiFailure interrupted() {
    Thread.currentThread().interrupt();
    return broken(new InterruptedIOException("interrupted"));
  }

  private JsonNode content(HttpResponse<byte[]> response) throws ApiFailure {
    JsonNode body = parse(response.body());
    if (response.statusCode() / 100 != 2) {
      throw Refusals.of(response.statusCode(), response.headers(), body);
    }
    return body;
  }

  /** A proxy's error page is no object. */
  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException notJson) {
      return JSON.missingNode();
    }
  }

  private static String partial(String suffix) {
    return JSON_TYPE + ";as=PartialObjectMetadata" + suffix + ";g=meta.k8s.io;v=v1";
  }
}
