package dev.perch.cli.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The device authorization grant (RFC 8628): a person signs in with any browser anywhere. */
final class DeviceLogin {
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
  private static final Duration SLOWER = Duration.ofSeconds(5);

  private final Issuer issuer;
  private final String client;

  DeviceLogin(Issuer issuer, String client) {
    this.issuer = issuer;
    this.client = client;
  }

  /**
   * What the person has to do.
   *
   * @param page where to go, with the code in it if the issuer can
   * @param interval between two questions whether it is done
   */
  record Invitation(
      String userCode, URI page, String deviceCode, Instant expiresAt, Duration interval) {
    /** Without the device's code, which is as good as the login. */
    @Override
    public String toString() {
      return userCode;
    }
  }

  Invitation begin() throws Failure, IOException, InterruptedException {
    Issuer.Reply reply =
        issuer.post(
            issuer.endpoint("device_authorization_endpoint"),
            Map.of("client_id", client, "scope", "openid"));
    if (!reply.isGood()) {
      throw reply.failure(ExitCode.NOT_ALLOWED);
    }
    JsonNode json = reply.json();
    String plain = json.path("verification_uri").asText();
    return new Invitation(
        json.path("user_code").asText(),
        URI.create(json.path("verification_uri_complete").asText(plain)),
        json.path("device_code").asText(),
        Instant.now().plusSeconds(json.path("expires_in").asLong(600)),
        Duration.ofSeconds(json.path("interval").asLong(5)));
  }

  /** Returns when the person has signed in. */
  Tokens await(Invitation invitation) throws Failure, IOException, InterruptedException {
    URI endpoint = issuer.endpoint("token_endpoint");
    Map<String, String> question =
        Map.of("grant_type", GRANT, "device_code", invitation.deviceCode(), "client_id", client);
    Duration interval = invitation.interval();
    while (Instant.now().isBefore(invitation.expiresAt())) {
      Thread.sleep(interval);
      Issuer.Reply reply = issuer.post(endpoint, question);
      if (reply.isGood()) {
        return Tokens.of(issuer.address(), reply.json(), Instant.now());
      }
      switch (reply.error()) {
        case "authorization_pending" -> {}
        case "slow_down" -> interval = interval.plus(SLOWER);
        case "access_denied" ->
            throw new Failure(ExitCode.NOT_ALLOWED, "the sign-in was declined in the browser");
        default -> throw reply.failure(ExitCode.NOT_ALLOWED);
      }
    }
    throw new Failure(
        ExitCode.NOT_ALLOWED, "nobody signed in in time", "  Begin again: perch login");
  }
}
