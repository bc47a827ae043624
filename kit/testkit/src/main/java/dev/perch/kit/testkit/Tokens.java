package dev.perch.kit.testkit;

import java.util.Base64;
import java.util.Map;

/**
 * Bearer tokens as Keycloak would give them, signed (RS256) with a key made for this JVM.
 *
 * <pre>{@code
 * given().auth().oauth2(Tokens.operator().atSites(site).mint())
 * }</pre>
 */
public final class Tokens {
  public static final String ISSUER = "https://issuer.perch.test/realms/perch";
  public static final String AUDIENCE = "perch";

  private Tokens() {}

  public static Token viewer() {
    return withRoles("viewer");
  }

  public static Token operator() {
    return withRoles("operator");
  }

  public static Token admin() {
    return withRoles("admin");
  }

  /** A token with these realm roles; none is a user who may do nothing. */
  public static Token withRoles(String... roles) {
    return Token.of(roles);
  }

  /** What a Quarkus service needs to trust these tokens and no others. */
  public static Map<String, String> quarkusProperties() {
    return Map.of(
        "quarkus.oidc.enabled",
        "true",
        "quarkus.oidc.tenant-enabled",
        "true",
        "quarkus.oidc.client-id",
        AUDIENCE,
        "quarkus.oidc.public-key",
        Base64.getEncoder().encodeToString(SigningKey.ofJvm().publicKey().getEncoded()),
        "quarkus.oidc.token.issuer",
        ISSUER,
        "quarkus.oidc.token.audience",
        AUDIENCE,
        "quarkus.oidc.roles.role-claim-path",
        "realm_access/roles");
  }
}
