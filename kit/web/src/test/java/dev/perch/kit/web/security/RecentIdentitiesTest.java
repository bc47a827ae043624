package dev.perch.kit.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import java.time.Instant;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

class RecentIdentitiesTest {
  private static final Instant EXPIRES = Instant.parse("2026-01-01T12:00:00Z");

  private Instant now = EXPIRES.minusSeconds(60);
  private final RecentIdentities recent = new RecentIdentities(() -> now);

  @Test
  void theBearerOfATokenIsKnownAgain() {
    SecurityIdentity alice = expiring(EXPIRES);

    recent.remember("a.b.c", alice);

    assertThat(recent.find("a.b.c")).isSameAs(alice);
  }

  @Test
  void everyOtherTokenIsUnknown() {
    recent.remember("a.b.c", expiring(EXPIRES));

    assertThat(recent.find("a.b.d")).isNull();
    assertThat(recent.find("a.b.c ")).isNull();
    assertThat(recent.find("")).isNull();
  }

  @Test
  void aTokenThatExpiresIsUnknownFromThatSecondOn() {
    recent.remember("a.b.c", expiring(EXPIRES));

    now = EXPIRES;

    assertThat(recent.find("a.b.c")).isNull();
  }

  @Test
  void aTokenThatHasExpiredIsNotRemembered() {
    recent.remember("a.b.c", expiring(EXPIRES.minusSeconds(61)));

    now = EXPIRES.minusSeconds(70);

    assertThat(recent.find("a.b.c")).isNull();
  }

  @Test
  void aTokenThatNeverExpiresIsNotRemembered() {
    recent.remember("a.b.c", identity(new JwtClaims()));

    assertThat(recent.find("a.b.c")).isNull();
  }

  private static SecurityIdentity expiring(Instant at) {
    var claims = new JwtClaims();
    claims.setExpirationTime(NumericDate.fromSeconds(at.getEpochSecond()));
    return identity(claims);
  }

  private static SecurityIdentity identity(JwtClaims claims) {
    claims.setSubject("alice");
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new DefaultJWTCallerPrincipal(claims))
        .build();
  }
}
