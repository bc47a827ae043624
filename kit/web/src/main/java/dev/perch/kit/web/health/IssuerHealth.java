package dev.perch.kit.web.health;

import io.smallrye.health.api.HealthGroup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Whether the identity provider publishes its metadata (OpenID Connect Discovery §4). */
@HealthGroup(Dependencies.GROUP)
@ApplicationScoped
class IssuerHealth implements HealthCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Optional<String> issuer;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  IssuerHealth(@ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> issuer) {
    this.issuer = issuer;
  }

  @Override
  public HealthCheckResponse call() {
    var answer = HealthCheckResponse.named("identity provider");
    if (issuer.isEmpty()) {
      return answer
          .up()
          .withData("issuer", "none; tokens are checked with a configured key")
          .build();
    }
    URI metadata = URI.create(issuer.get() + "/.well-known/openid-configuration");
    try {
      int status =
          http.send(
                  HttpRequest.newBuilder(metadata).timeout(PATIENCE).GET().build(),
                  BodyHandlers.discarding())
              .statusCode();
      return answer.status(status == 200).withData("status", status).build();
    } catch (IOException e) {
      return answer.down().withData("cause", e.getClass().getSimpleName()).build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return answer.down().build();
    }
  }

  @PreDestroy
  void close() {
    http.shutdownNow();
  }
}
