package dev.perch.kit.web.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.security.identity.SecurityIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Who the bearers of the tokens of the last 5 s are, so that a token is verified once in that time
 * and not with each request: that took a quarter of a create and two fifths of a read. So a key the
 * issuer withdrew is honoured for 5 s longer; a token's own expiry is looked at each time. Tokens
 * are known by their SHA-256: none is kept.
 */
final class RecentIdentities {
  private static final Duration KEPT = Duration.ofSeconds(5);
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final Cache<String, SecurityIdentity> identities =
      Caffeine.newBuilder().expireAfterWrite(KEPT).maximumSize(MOST).build();

  RecentIdentities(InstantSource clock) {
    this.clock = clock;
  }

  /** Whose token it is; null if it was not verified lately or has expired since. */
  @Nullable SecurityIdentity find(String token) {
    SecurityIdentity identity = identities.getIfPresent(fingerprint(token));
    return identity != null && isAlive(identity) ? identity : null;
  }

  /** Remembers whose token it is; one that never expires is verified each time. */
  void remember(String token, SecurityIdentity identity) {
    if (isAlive(identity)) {
      identities.put(fingerprint(token), identity);
    }
  }

  private boolean isAlive(SecurityIdentity identity) {
    return identity.getPrincipal() instanceof JsonWebToken token
        && clock.instant().getEpochSecond() < token.getExpirationTime();
  }

  private static String fingerprint(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return new String(hash, StandardCharsets.ISO_8859_1);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
