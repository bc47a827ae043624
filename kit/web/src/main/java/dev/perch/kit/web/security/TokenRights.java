package dev.perch.kit.web.security;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Reads from a token, once, what its bearer may do: the roles with those they imply (an admin is an
 * operator too, and an operator a viewer), and the sites.
 */
@ApplicationScoped
class TokenRights implements SecurityIdentityAugmentor {
  /** The identity's attribute that holds its {@link TokenSites}. */
  static final String SITES = "perch.sites";

  @Override
  public Uni<SecurityIdentity> augment(
      SecurityIdentity identity, AuthenticationRequestContext context) {
    if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
      return Uni.createFrom().item(identity);
    }
    return Uni.createFrom()
        .item(
            QuarkusSecurityIdentity.builder(identity)
                .addRoles(Roles.implied(identity.getRoles()))
                .addAttribute(SITES, TokenSites.of(token.getClaim(TokenSites.CLAIM)))
                .build());
  }
}
