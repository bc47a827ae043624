package dev.perch.kit.web.security;

import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * OpenID Connect as Quarkus does it, but a token seen a moment ago is not verified again ({@link
 * RecentIdentities}), and a provider that accepts a connection and then says nothing holds no
 * request for longer than 5 s.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class BearerTokens implements HttpAuthenticationMechanism {
  private static final String BEARER = "Bearer ";
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final OidcAuthenticationMechanism oidc;
  private final Vertx vertx;
  private final RecentIdentities recent = new RecentIdentities(InstantSource.system());

  BearerTokens(OidcAuthenticationMechanism oidc, Vertx vertx) {
    this.oidc = oidc;
    this.vertx = vertx;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext request, IdentityProviderManager identities) {
    String token = token(request);
    SecurityIdentity known = token == null ? null : recent.find(token);
    if (known != null) {
      return Uni.createFrom().item(known);
    }
    return Uni.createFrom()
        .<SecurityIdentity>emitter(
            emitter -> withDeadline(oidc.authenticate(request, identities), emitter))
        .invoke(
            identity -> {
              if (token != null && identity != null) {
                recent.remember(token, identity);
              }
            });
  }

  private static @Nullable String token(RoutingContext request) {
    List<String> authorizations = request.request().headers().getAll(HttpHeaders.AUTHORIZATION);
    if (authorizations.size() != 1) {
      return null;
    }
    String authorization = authorizations.getFirst();
    return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length())
        : null;
  }

  private void withDeadline(
      Uni<SecurityIdentity> answer, UniEmitter<? super SecurityIdentity> emitter) {
    AtomicBoolean done = new AtomicBoolean();
    var pending =
        answer
            .onTermination()
            .invoke(() -> done.set(true))
            .subscribe()
            .with(emitter::complete, emitter::fail);
    // A token of a known key is verified by now, without a question to anybody: it needs no timer.
    if (!done.get()) {
      long timer =
          vertx.setTimer(
              DEADLINE.toMillis(),
              late -> {
                pending.cancel();
                emitter.fail(new OIDCException("The identity provider does not answer"));
              });
      emitter.onTermination(
          () -> {
            var _ = vertx.cancelTimer(timer);
          });
    }
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext request) {
    return oidc.getChallenge(request);
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return oidc.getCredentialTypes();
  }

  @Override
  public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext request) {
    return oidc.getCredentialTransport(request);
  }
}
