package dev.perch.certmon.issue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers dns-01 (RFC 8555 §8.4) through somebody else who may change the zone: {@code POST
 * <base>/present} and {@code POST <base>/cleanup} with {@code {"fqdn":
 * "_acme-challenge.a.example.", "value": "…"}}, as lego's provider {@code httpreq} sends them. An
 * answer of 2xx means done, and visible.
 */
public final class Dns01Webhook implements ChallengeSolver, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Hook hook;
  private final HttpClient client;

  public Dns01Webhook(Hook hook) {
    this.hook = hook;
    this.client = Https.client(hook.tlsAnchors(), hook.timeout());
  }

  /**
   * Whom to ask.
   *
   * @param base ends with a slash
   * @param bearer a token for its {@code Authorization} header, a secret; null for none
   * @param tlsAnchors whom to trust as its server; empty for the JVM's
   * @param timeout of one request
   */
  public record Hook(
      URI base, @Nullable String bearer, Set<X509Certificate> tlsAnchors, Duration timeout) {
    public Hook {
      tlsAnchors = Set.copyOf(tlsAnchors);
      if (!base.getPath().endsWith("/")) {
        throw new IllegalArgumentException(base + " does not end with a slash");
      }
    }

    /** Without the token. */
    @Override
    public String toString() {
      return "Hook[" + base + "]";
    }
  }

  @Override
  public ChallengeType type() {
    return ChallengeType.DNS_01;
  }

  @Override
  public void present(Challenge challenge) throws IOException {
    tell("present", challenge);
  }

  @Override
  public void remove(Challenge challenge) throws IOException {
    tell("cleanup", challenge);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private void tell(String what, Challenge challenge) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hook.base().resolve(what))
            .timeout(hook.timeout())
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    JSON.writeValueAsBytes(
                        Map.of(
                            "fqdn",
                            challenge.recordName() + ".",
                            "value",
                            challenge.recordValue()))));
    if (hook.bearer() != null) {
      request.header("Authorization", "Bearer " + hook.bearer());
    }
    try {
      HttpResponse<Void> response =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding());
      if (response.statusCode() / 100 != 2) {
        throw new IOException(
            "%s%s answered %d".formatted(hook.base(), what, response.statusCode()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
