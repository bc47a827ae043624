package dev.perch.tsn.plan.lint;

import com.fasterxml.jackson.databind.JsonNode;

/** Looks into JSON that others wrote: numbers may be texts, names may have a module's prefix. */
final class Json {
  private Json() {}

  /** A member by its name, with or without a prefix; missing node if there is none. */
  static JsonNode member(JsonNode node, String name) {
    if (node.has(name)) {
      return node.get(name);
    }
    for (var property : node.properties()) {
      if (property.getKey().endsWith(":" + name)) {
        return property.getValue();
      }
    }
    return node.path(name);
  }

  /** A whole number; also as text (RFC 7951 writes 64-bit numbers so), also hexadecimal. */
  static long number(JsonNode node) {
    if (node.isIntegralNumber()) {
      return node.longValue();
    }
    String text = node.asText("").trim();
    try {
      return text.isEmpty() ? 0 : Long.decode(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
