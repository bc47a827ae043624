package dev.perch.kit.web.security;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Tells who sent the request that is being worked on. */
@ApplicationScoped
public class Callers {
  public static final String REASON = "Perch-Reason";

  private static final int LONGEST_REASON = 500;

  private final SecurityIdentity identity;
  private final RoutingContext request;

  Callers(SecurityIdentity identity, RoutingContext request) {
    this.identity = identity;
    this.request = request;
  }

  /** Call it on the request's own thread, before the first asynchronous step. */
  public Caller current() {
    if (!(identity.getPrincipal() instanceof JsonWebToken token)
        || token.getSubject() == null
        || !(identity.getAttribute(TokenRights.SITES) instanceof TokenSites sites)) {
      throw new Problem.Unauthenticated().asException();
    }
    return new Caller(
        token.getSubject(),
        identity.getRoles(),
        sites.ids(),
        reason(request.request().getHeader(REASON)));
  }

  private static @Nullable String reason(@Nullable String header) {
    if (header == null || header.isBlank()) {
      return null;
    }
    if (header.length() > LONGEST_REASON || header.chars().anyMatch(Character::isISOControl)) {
      throw new Problem.Invalid(
              List.of(
                  new Violation(
                      "header.malformed",
                      REASON,
                      TextNode.valueOf(header.substring(0, Math.min(200, header.length()))),
                      "Use up to " + LONGEST_REASON + " characters and no control characters.")))
          .asException();
    }
    return header.strip();
  }
}
