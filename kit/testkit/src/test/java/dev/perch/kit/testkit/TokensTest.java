package dev.perch.kit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TokensTest {
  @Test
  void areSignedWithTheKeyTheServicesTrust() throws Exception {
    assertThat(isTrusted(Tokens.viewer().mint())).isTrue();
  }

  @Test
  void areNotTrustedWhenForged() throws Exception {
    String forged = Tokens.admin().forged().mint();

    assertThat(isTrusted(forged)).isFalse();
    assertThat(part(forged, 0)).isEqualTo(part(Tokens.admin().mint(), 0));
  }

  @Test
  void carryRolesWhereKeycloakPutsThem() throws Exception {
    JsonNode claims = part(Tokens.operator().mint(), 1);

    assertThat(claims.at("/realm_access/roles").toString()).isEqualTo("[\"operator\"]");
    assertThat(claims.get("iss").asText()).isEqualTo(Tokens.ISSUER);
    assertThat(claims.get("aud").asText()).isEqualTo(Tokens.AUDIENCE);
    assertThat(claims.has("sites")).isFalse();
    assertThat(expiry(claims)).isAfter(Instant.now());
  }

  @Test
  void nameTheSitesTheyAreLimitedTo() throws Exception {
    UUID site = UUID.randomUUID();

    JsonNode claims = part(Tokens.operator().atSites(site).mint(), 1);

    assertThat(claims.at("/sites/0").asText()).isEqualTo(site.toString());
  }

  @Test
  void canBeSpoiledInOneRespectAtATime() throws Exception {
    assertThat(expiry(part(Tokens.viewer().expired().mint(), 1))).isBefore(Instant.now());
    assertThat(part(Tokens.viewer().forAudience("other").mint(), 1).get("aud").asText())
        .isEqualTo("other");
    assertThat(part(Tokens.viewer().fromIssuer("https://evil.test").mint(), 1).get("iss").asText())
        .isEqualTo("https://evil.test");
    assertThat(part(Tokens.viewer().withClaim("extra", 1).mint(), 1).get("extra").asInt())
        .isEqualTo(1);
    assertThat(isTrusted(Tokens.viewer().expired().mint())).isTrue();
  }

  @Test
  void areTrustedWhicheverClassLoaderMintedThem() throws Exception {
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    try (ChildFirst loader = new ChildFirst()) {
      Thread.currentThread().setContextClassLoader(loader);
      Object viewer = loader.loadClass(Tokens.class.getName()).getMethod("viewer").invoke(null);

      Object token = viewer.getClass().getMethod("mint").invoke(viewer);

      assertThat(isTrusted((String) token)).isTrue();
    } finally {
      Thread.currentThread().setContextClassLoader(own);
    }
  }

  private static Instant expiry(JsonNode claims) {
    return Instant.ofEpochSecond(claims.get("exp").asLong());
  }

  private static JsonNode part(String token, int index) throws Exception {
    return Json.MAPPER.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[index]));
  }

  private static boolean isTrusted(String token) throws Exception {
    String[] parts = token.split("\\.");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(trustedKey());
    signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
    return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
  }

  private static PublicKey trustedKey() throws Exception {
    String key = Tokens.quarkusProperties().get("quarkus.oidc.public-key");
    return KeyFactory.getInstance("RSA")
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
  }
}
