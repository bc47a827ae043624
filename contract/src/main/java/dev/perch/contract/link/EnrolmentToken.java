package dev.perch.contract.link;

import dev.perch.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * What an operator hands to a host so that its agent may enrol, once: the text {@code perch1.} and
 * the base64url of this record as JSON. It holds a secret.
 *
 * @param id names the token; not secret
 * @param secret 32 random bytes, base64url
 * @param server the server's name, part of every proof
 * @param endpoints where the server answers, {@code https://host:port}, tried in this order
 * @param pins see {@link Pins}
 * @param expiresAt by the server's clock; for people, the server decides
 */
public record EnrolmentToken(
    String id,
    String secret,
    String server,
    List<URI> endpoints,
    Set<String> pins,
    Instant expiresAt) {

  private static final String PREFIX = "perch1.";

  public EnrolmentToken {
    endpoints = List.copyOf(endpoints);
    pins = Set.copyOf(pins);
  }

  public String write() {
    byte[] json = Json.write(this).getBytes(StandardCharsets.UTF_8);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  /**
   * @throws IllegalArgumentException if the text is no token; the message does not quote it
   */
  public static EnrolmentToken read(String text) {
    String stripped = text.strip();
    if (!stripped.startsWith(PREFIX)) {
      throw new IllegalArgumentException("an enrolment token begins with " + PREFIX);
    }
    try {
      byte[] json = Base64.getUrlDecoder().decode(stripped.substring(PREFIX.length()));
      return Json.MAPPER.readValue(json, EnrolmentToken.class);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("the enrolment token is damaged");
    }
  }

  /** Does not show the secret. */
  @Override
  public String toString() {
    return "EnrolmentToken[id=" + id + ", server=" + server + ", endpoints=" + endpoints + "]";
  }
}
