package dev.perch.cli.login;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an issuer gave.
 *
 * @param issuer who gave it; a token of another issuer is no good
 * @param refreshToken gets the next access token; null if there is none
 */
public record Tokens(
    URI issuer, String accessToken, Instant expiresAt, @Nullable String refreshToken) {

  /** A request takes its time, and clocks differ. */
  private static final Duration MARGIN = Duration.ofSeconds(20);

  /** From a token endpoint's answer (RFC 6749 section 5.1). */
  static Tokens of(URI issuer, JsonNode answer, Instant now) {
    return new Tokens(
        issuer,
        answer.path("access_token").asText(),
        now.plusSeconds(answer.path("expires_in").asLong(60)),
        answer.path("refresh_token").asText(null));
  }

  boolean isGood(Instant now) {
    return now.plus(MARGIN).isBefore(expiresAt);
  }

  Tokens expired() {
    return new Tokens(issuer, accessToken, Instant.EPOCH, refreshToken);
  }

  /** Without the tokens. */
  @Override
  public String toString() {
    return "tokens of " + issuer + " until " + expiresAt;
  }
}
