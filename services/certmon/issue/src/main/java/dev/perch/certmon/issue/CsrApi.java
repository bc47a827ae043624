package dev.perch.certmon.issue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** CFSSL's HTTP API: what is sent, and what an answer means. */
final class CsrApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE_OF_LIMITS = Duration.ofMinutes(1);

  private final CsrApiSettings settings;
  private final HttpClient client;

  CsrApi(CsrApiSettings settings) {
    this.settings = settings;
    this.client = Https.client(settings.tlsAnchors(), settings.timeout());
  }

  /** What an endpoint answered. */
  sealed interface Answer {
    record Result(JsonNode result) implements Answer {}

    record Refusal(Failure failure) implements Answer {}
  }

  /** A request that carries the HMAC of its content. */
  Answer authenticated(URI endpoint, Map<String, ?> request) {
    try {
      byte[] content = JSON.writeValueAsBytes(request);
      return plain(endpoint, Map.of("token", hmac(content), "request", content));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer plain(URI endpoint, Map<String, ?> request) {
    try {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(endpoint)
                  .timeout(settings.timeout())
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return answer(response);
    } catch (IOException e) {
      return new Answer.Refusal(Unreachable.of(endpoint, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Refusal(
          Unreachable.of(endpoint, new InterruptedIOException("interrupted")));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    JsonNode body;
    try {
      body = JSON.readTree(response.body());
    } catch (IOException notJson) {
      body = JSON.missingNode();
    }
    if (response.statusCode() == 200 && body.path("success").asBoolean()) {
      return new Answer.Result(body.path("result"));
    }
    JsonNode error = body.path("errors").path(0);
    String detail =
        "HTTP %d, code %s: %s"
            .formatted(
                response.statusCode(),
                error.path("code").asText("-"),
                error.path("message").asText("no reason given"));
    return new Answer.Refusal(failure(response, error.path("message").asText(), detail));
  }

  private static Failure failure(HttpResponse<?> response, String message, String detail) {
    return switch (response.statusCode()) {
      case 429 ->
          new Failure.RateLimited(
              "rateLimited", detail, RetryAfter.of(response, PATIENCE_OF_LIMITS));
      case 401, 403 -> new Failure.NeedsHuman("unauthorized", detail);
      case 404, 405 -> new Failure.NeedsHuman("no-such-api", detail);
      case 400 ->
          message.contains("invalid token")
              ? new Failure.NeedsHuman("unauthorized", detail)
              : new Failure.Permanent("refused", detail);
      default -> new Failure.Away("server", detail);
    };
  }

  private byte[] hmac(byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(HexFormat.of().parseHex(settings.key()), "HmacSHA256"));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
