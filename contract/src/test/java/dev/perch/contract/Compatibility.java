package dev.perch.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Full compatibility of two versions of one event's schema: whoever reads by either understands
 * what was written by the other. So only this may differ: an optional field more, a word more where
 * words are open, and what is said for people. A keyword this class does not know must be equal.
 */
final class Compatibility {
  private static final Set<String> FOR_PEOPLE =
      Set.of("$schema", "$id", "$comment", "title", "description", "examples", "deprecated");
  private static final Set<String> COMPARED_APART =
      Set.of("$defs", "properties", "required", "additionalProperties", "items", "anyOf");

  /**
   * @param path where in the value, as an RFC 6901 pointer; {@code *} is any item or unnamed field
   * @param what the difference that breaks a reader
   */
  record Breach(String path, String what) {}

  private final JsonNode oldRoot;
  private final JsonNode newRoot;
  private final List<Breach> breaches = new ArrayList<>();

  private Compatibility(JsonNode oldRoot, JsonNode newRoot) {
    this.oldRoot = oldRoot;
    this.newRoot = newRoot;
  }

  /** Empty if the two are compatible. */
  static List<Breach> breaches(JsonNode oldSchema, JsonNode newSchema) {
    Compatibility compatibility = new Compatibility(oldSchema, newSchema);
    compatibility.compare("", oldSchema, newSchema);
    return List.copyOf(compatibility.breaches);
  }

  private void compare(String path, JsonNode oldNode, JsonNode newNode) {
    JsonNode was = resolve(oldRoot, oldNode);
    JsonNode is = resolve(newRoot, newNode);
    fields(path, was, is);
    required(path, was, is);
    unnamed(path, was, is);
    words(path, was.path("anyOf"), is.path("anyOf"));
    Set<String> keywords = new TreeSet<>();
    was.fieldNames().forEachRemaining(keywords::add);
    is.fieldNames().forEachRemaining(keywords::add);
    keywords.removeAll(FOR_PEOPLE);
    keywords.removeAll(COMPARED_APART);
    keywords.forEach(keyword -> equal(path, keyword, was.path(keyword), is.path(keyword)));
  }

  private void fields(String path, JsonNode was, JsonNode is) {
    was.path("properties")
        .properties()
        .forEach(
            field -> {
              String name = path + "/" + field.getKey();
              JsonNode now = is.path("properties").path(field.getKey());
              if (now.isMissingNode()) {
                breach(name, "the field is gone");
              } else {
                compare(name, field.getValue(), now);
              }
            });
    if (was.path("additionalProperties").isObject()) {
      is.path("properties")
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (!was.path("properties").has(name)) {
                  breach(path + "/" + name, "a named field among fields whose names are data");
                }
              });
    }
  }

  private void required(String path, JsonNode was, JsonNode is) {
    Set<String> before = texts(was.path("required"));
    Set<String> after = texts(is.path("required"));
    after.stream()
        .filter(name -> !before.contains(name))
        .forEach(name -> breach(path + "/" + name, "newly required: older values lack it"));
    before.stream()
        .filter(name -> !after.contains(name))
        .forEach(name -> breach(path + "/" + name, "no longer required: older readers need it"));
  }

  /** Items, and fields whose names are data. */
  private void unnamed(String path, JsonNode was, JsonNode is) {
    for (String keyword : List.of("items", "additionalProperties")) {
      JsonNode before = was.path(keyword);
      JsonNode after = is.path(keyword);
      if (before.isObject() && after.isObject()) {
        compare(path + "/*", before, after);
      } else {
        equal(path, keyword, before, after);
      }
    }
  }

  private void words(String path, JsonNode was, JsonNode is) {
    if (!areOpenWords(was) || !areOpenWords(is)) {
      equal(path, "anyOf", was, is);
      return;
    }
    Set<String> after = texts(is.path(0).path("enum"));
    texts(was.path(0).path("enum")).stream()
        .filter(word -> !after.contains(word))
        .forEach(word -> breach(path, "the word " + word + " is gone"));
  }

  /** Is it {@code [{"enum": […]}, {"type": "string"}]}: words, and those still to come. */
  static boolean areOpenWords(JsonNode anyOf) {
    return anyOf.size() == 2
        && anyOf.path(0).size() == 1
        && anyOf.path(0).path("enum").isArray()
        && anyOf.path(1).size() == 1
        && anyOf.path(1).path("type").asText().equals("string");
  }

  private void equal(String path, String keyword, JsonNode was, JsonNode is) {
    if (!was.equals(is)) {
      breach(path, keyword + " was " + text(was) + ", is " + text(is));
    }
  }

  private void breach(String path, String what) {
    breaches.add(new Breach(path, what));
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? "absent" : node.toString();
  }

  private static Set<String> texts(JsonNode array) {
    Set<String> texts = new HashSet<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  private static JsonNode resolve(JsonNode root, JsonNode node) {
    String ref = node.path("$ref").asText("");
    return ref.isEmpty() ? node : resolve(root, root.at(ref.substring(1)));
  }
}
