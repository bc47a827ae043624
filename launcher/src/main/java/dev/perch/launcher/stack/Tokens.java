package dev.perch.launcher.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Bearer tokens for trial and tests: the client credentials grant (RFC 6749 section 4.4) of clients
 * that exist only in the launcher's realm. They are valid for 5 minutes.
 */
public final class Tokens {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * After a restart of its database each stale connection of the issuer's pool fails one request,
   * with an answer that blames the client.
   */
  private static final int ATTEMPTS = 10;

  private final URI endpoint;
  private final Credentials credentials;
  private final HttpClient http;

  /**
   * @param issuer the launcher's own realm
   */
  public Tokens(URI issuer, Credentials credentials, HttpClient http) {
    this.endpoint = URI.create(issuer + "/protocol/openid-connect/token");
    this.credentials = credentials;
    this.http = http;
  }

  /**
   * A token with one role.
   *
   * @throws IOException if the issuer is away or refuses
   */
  public String bearer(Role role) throws IOException, InterruptedException {
    Login client = client(credentials, role);
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    form(
                        Map.of(
                            "grant_type",
                            "client_credentials",
                            "client_id",
                            client.user(),
                            "client_secret",
                            client.password()))))
            .build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    for (int i = 1; response.statusCode() != 200 && i < ATTEMPTS; i++) {
      response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
    if (response.statusCode() != 200) {
      throw new IOException(endpoint + " answered HTTP " + response.statusCode());
    }
    JsonNode token = Json.MAPPER.readTree(response.body()).path("access_token");
    return token.asText();
  }

  static Login client(Credentials credentials, Role role) {
    String client = "perch-token-" + role.claim();
    return credentials.login("keycloak/perch/" + client, client);
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
