package dev.perch.kit.testkit;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A token to be minted: good as it comes from {@link Tokens}, until a test spoils it. */
public final class Token {
  private static final Duration LIFE = Duration.ofMinutes(5);

  private final Map<String, Object> claims;
  private final PrivateKey key;

  private Token(Map<String, Object> claims, PrivateKey key) {
    this.claims = claims;
    this.key = key;
  }

  static Token of(String... roles) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", Tokens.ISSUER);
    claims.put("aud", Tokens.AUDIENCE);
    claims.put("sub", roles.length == 0 ? "nobody" : "test-" + roles[0]);
    claims.put("realm_access", Map.of("roles", List.of(roles)));
    return new Token(claims, SigningKey.ofJvm().privateKey());
  }

  /** The subject, which becomes the actor of a change. */
  public Token ofSubject(String subject) {
    return withClaim("sub", subject);
  }

  /** May act at these sites only; without this, at all. */
  public Token atSites(UUID... sites) {
    return withClaim("sites", Arrays.stream(sites).map(UUID::toString).toList());
  }

  /** Expired a minute ago. */
  public Token expired() {
    Instant end = Instant.now().minus(Duration.ofMinutes(1));
    return withClaim("iat", end.minus(LIFE).getEpochSecond())
        .withClaim("exp", end.getEpochSecond());
  }

  /** Meant for somebody else. */
  public Token forAudience(String audience) {
    return withClaim("aud", audience);
  }

  public Token fromIssuer(String issuer) {
    return withClaim("iss", issuer);
  }

  /** Signed with a key nobody trusts; the header looks the same. */
  public Token forged() {
    return new Token(claims, SigningKey.newPair().getPrivate());
  }

  /** Adds or replaces a claim: a string, number, boolean, or a list or map of such. */
  public Token withClaim(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(claims);
    more.put(name, value);
    return new Token(more, key);
  }

  /** Signs it. Valid for five minutes from now, unless a test said otherwise. */
  public String mint() {
    Instant now = Instant.now();
    JwtClaimsBuilder jwt = Jwt.claims().issuedAt(now).expiresAt(now.plus(LIFE));
    claims.forEach(jwt::claim);
    return jwt.jws().algorithm(SignatureAlgorithm.RS256).keyId("test").sign(key);
  }
}
