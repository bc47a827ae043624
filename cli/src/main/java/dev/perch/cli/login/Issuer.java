package dev.perch.cli.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** An OIDC issuer, as OpenID Connect Discovery 1.0 describes it. */
public final class Issuer {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final URI address;
  private final HttpClient http;

  public Issuer(URI address, HttpClient http) {
    this.address = address;
    this.http = http;
  }

  /**
   * An answer of the issuer.
   *
   * @param json a success, or an error of RFC 6749 section 5.2
   */
  record Reply(int status, JsonNode json) {
    boolean isGood() {
      return status == 200;
    }

    String error() {
      return json.path("error").asText("HTTP status " + status);
    }

    Failure failure(int exitCode) {
      String description = json.path("error_description").asText("");
      return new Failure(
          exitCode,
          "the issuer refuses: " + error() + (description.isEmpty() ? "" : ", " + description));
    }
  }

  public URI address() {
    return address;
  }

  /** Where the issuer serves something: {@code token_endpoint}. */
  URI endpoint(String name) throws Failure, IOException, InterruptedException {
    URI wellKnown = URI.create(address + "/.well-known/openid-configuration");
    Reply reply = send(HttpRequest.newBuilder(wellKnown));
    String endpoint = reply.json().path(name).asText("");
    if (!reply.isGood() || endpoint.isEmpty()) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          wellKnown + " names no " + name + " (HTTP status " + reply.status() + ")",
          "  Is this the issuer? perch contexts set NAME --issuer URL");
    }
    return URI.create(endpoint);
  }

  Reply post(URI endpoint, Map<String, String> form)
      throws Failure, IOException, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private Reply send(HttpRequest.Builder request)
      throws Failure, IOException, InterruptedException {
    HttpResponse<byte[]> response;
    try {
      response = http.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new Failure(
          ExitCode.NOT_REACHABLE, "No answer from the issuer " + address + ": " + e.getMessage());
    }
    try {
      return new Reply(response.statusCode(), Json.MAPPER.readTree(response.body()));
    } catch (JsonProcessingException e) {
      return new Reply(response.statusCode(), Json.MAPPER.createObjectNode());
    }
  }
}
