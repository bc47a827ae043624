package dev.perch.kit.web.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.Violation;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request that may come twice.
 *
 * @param subject who sent it; another caller's same key is another request
 * @param bodyHash SHA-256 of the body's JSON with its fields in order
 */
public record IdempotentRequest(String subject, String path, String key, byte[] bodyHash) {
  public static final String HEADER = "Idempotency-Key";

  private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");
  private static final ObjectMapper CANONICAL =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  /**
   * @param key the header's value; without one the request is done each time it comes
   * @return null without a key
   * @throws dev.perch.kit.web.ProblemException {@link Problem.Invalid} for a key that is none
   */
  public static @Nullable IdempotentRequest of(
      String subject, String path, @Nullable String key, @Nullable JsonNode body) {
    if (key == null) {
      return null;
    }
    if (!KEY.matcher(key).matches()) {
      throw new Problem.Invalid(
              List.of(
                  new Violation(
                      "header.malformed",
                      HEADER,
                      TextNode.valueOf(key.substring(0, Math.min(200, key.length()))),
                      "Use 1 to 255 visible ASCII characters, a UUID for example.")))
          .asException();
    }
    return new IdempotentRequest(subject, path, key, hash(body));
  }

  private static byte[] hash(@Nullable JsonNode body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(CANONICAL.writeValueAsBytes(body));
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
