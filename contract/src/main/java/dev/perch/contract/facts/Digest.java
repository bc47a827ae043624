package dev.perch.contract.facts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.contract.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A short stand-in for a JSON value: {@code sha256:} and the SHA-256 of its canonical text. Fields
 * are sorted by UTF-16 code units as RFC 8785 §3.2.3 has it; numbers must be integers.
 */
public final class Digest {
  private static final Pattern SHAPE = Pattern.compile("sha256:[0-9a-f]{64}");

  private Digest() {}

  public static String of(JsonNode value) {
    try {
      byte[] text =
          Json.MAPPER.writeValueAsString(canonical(value)).getBytes(StandardCharsets.UTF_8);
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does it look like one? Says nothing about what it stands for. */
  public static boolean isDigest(String text) {
    return SHAPE.matcher(text).matches();
  }

  /** The same value with its fields sorted, at every depth. */
  public static JsonNode canonical(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        TreeMap<String, JsonNode> fields = new TreeMap<>();
        object
            .properties()
            .forEach(field -> fields.put(field.getKey(), canonical(field.getValue())));
        yield Json.MAPPER.createObjectNode().setAll(fields);
      }
      case ArrayNode array -> {
        ArrayNode items = Json.MAPPER.createArrayNode();
        array.forEach(item -> items.add(canonical(item)));
        yield items;
      }
      default -> value;
    };
  }
}
