package dev.perch.cli.context;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The Perch that was started from a checkout, as its launcher wrote it down in the state folder.
 *
 * @param client a client of the launcher's own issuer that may do everything; null if the issuer is
 *     somebody else's
 */
public record LocalStack(Context context, @Nullable ClientSecret client) {
  private static final String CLIENT = "perch-token-admin";

  /** A client that gets tokens for itself (RFC 6749 section 4.4). */
  public record ClientSecret(String id, String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
      return id;
    }
  }

  /**
   * @param state the launcher's folder; null if this command comes from no checkout
   */
  public static LocalStack at(@Nullable Path state) throws IOException, Failure {
    if (state == null) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "no context is in use, and this command comes from no checkout",
          "  Name one: perch contexts use NAME, or --context NAME");
    }
    JsonNode parts;
    JsonNode logins;
    try {
      parts = read(state.resolve("state.json")).path("parts");
      logins = read(state.resolve("credentials.json"));
    } catch (NoSuchFileException e) {
      throw new Failure(
          ExitCode.NOT_REACHABLE,
          "no Perch runs from " + state,
          "  Start it: ./perch up -d",
          "  Or name another one: --context NAME; perch contexts list has them");
    }
    Map<String, URI> services = new TreeMap<>();
    URI issuer = null;
    String kafka = null;
    for (JsonNode part : parts) {
      String address = part.path("address").asText();
      switch (part.path("kind").asText()) {
        // Replicas come after the first, whose name is the service's.
        case "SERVICE" -> services.putIfAbsent(part.path("name").asText(), URI.create(address));
        case "IDENTITY" -> issuer = URI.create(address);
        case "BROKER" -> kafka = address;
        default -> {}
      }
    }
    JsonNode login = logins.path("keycloak/perch/" + CLIENT);
    return new LocalStack(
        new Context(services, issuer, null, kafka),
        issuer == null || login.isMissingNode()
            ? null
            : new ClientSecret(login.path("user").asText(), login.path("password").asText()));
  }

  private static JsonNode read(Path file) throws IOException {
    return Json.MAPPER.readTree(Files.readAllBytes(file));
  }
}
