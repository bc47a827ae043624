package dev.perch.kit.web.security;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Tells who sent the request that is being worked on. */
@ApplicationScoped
public class Callers {
  public static final String REASON = "Perch-Reason";

  private static final String SITES = "sites";
  private static final int LONGEST_REASON = 500;

  private final SecurityIdentity identity;
  private final RoutingContext request;

  Callers(SecurityIdentity identity, RoutingContext request) {
    this.identity = identity;
    this.request = request;
  }

  /** Call it on the request's own thread, before the first asynchronous step. */
  public Caller current() {
    if (!(identity.getPrincipal() instanceof JsonWebToken token) || token.getSubject() == null) {
      throw new Problem.Unauthenticated().asException();
    }
    return new Caller(
        token.getSubject(),
        identity.getRoles(),
        sites(token.getClaim(SITES)),
        reason(request.request().getHeader(REASON)));
  }

  /** What cannot be read allows nothing: a claim of another shape limits the token to no site. */
  static Optional<Set<UUID>> sites(@Nullable Object claim) {
    if (claim == null) {
      return Optional.empty();
    }
    Collection<?> ids =
        switch (claim) {
          case JsonArray array -> array;
          case Collection<?> collection -> collection;
          default -> List.of(claim);
        };
    Set<UUID> sites = new HashSet<>();
    for (Object id : ids) {
      UUID site = uuid(id);
      if (site != null) {
        sites.add(site);
      }
    }
    return Optional.of(sites);
  }

  private static @Nullable UUID uuid(@Nullable Object id) {
    try {
      return switch (id) {
        case JsonString text -> UUID.fromString(text.getString());
        case String text -> UUID.fromString(text);
        case null -> null;
        default -> null;
      };
    } catch (IllegalArgumentException e) {
      return null;
    }
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
