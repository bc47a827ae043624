package dev.perch.kit.web.security;

import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Lets nobody unknown past, on any path of the main port that is not in {@link PublicPaths},
 * whether or not there is anything at it.
 */
@ApplicationScoped
class DenyByDefault implements HttpSecurityPolicy {

  @Override
  public Uni<CheckResult> checkPermission(
      RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
    if (PublicPaths.contain(request.normalizedPath())) {
      return CheckResult.permit();
    }
    // Thrown and not denied, so that the answer is a problem document as every other.
    return identity
        .onItem()
        .transform(
            caller -> {
              if (caller.isAnonymous()) {
                throw new UnauthorizedException();
              }
              return CheckResult.PERMIT;
            });
  }
}
