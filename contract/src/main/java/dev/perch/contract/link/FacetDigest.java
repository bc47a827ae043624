package dev.perch.contract.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.contract.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * Tells whether both ends have the same of a facet: the first 16 bytes, in hexadecimal, of the
 * SHA-256 of its report without its name, as JSON without white space and with the members of every
 * object in the order of their names. Numbers should be whole: fractions are written as Java does.
 */
public final class FacetDigest {
  private static final int BYTES = 16;

  private FacetDigest() {}

  public static String of(FacetReport report) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (report.data() != null) {
      body.set("data", sorted(report.data()));
    }
    if (report.unavailable() != null) {
      body.put("unavailable", report.unavailable());
    }
    try {
      byte[] json = Json.write(body).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(json);
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      var members = new TreeMap<String, JsonNode>();
      node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
      return JsonNodeFactory.instance.objectNode().setAll(members);
    }
    if (node.isArray()) {
      var elements = JsonNodeFactory.instance.arrayNode(node.size());
      node.forEach(element -> elements.add(sorted(element)));
      return elements;
    }
    return node;
  }
}
