package dev.perch.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.contract.Compatibility.Breach;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CompatibilityTest {
  private static final String SCHEMA =
      """
      {
        "type": "object",
        "required": ["id"],
        "properties": {
          "id": {"type": "string", "format": "uuid", "pattern": "^0", "maxLength": 36},
          "count": {"type": "integer", "minimum": 1, "maximum": 9},
          "colour": {"anyOf": [{"enum": ["RED", "BLUE"]}, {"type": "string"}]},
          "closed": {"enum": ["ON", "OFF"]},
          "labels": {"type": "object", "additionalProperties": {"type": "string"}},
          "paths": {"type": "array", "items": {"type": "string"}},
          "after": {"$ref": "#/$defs/part"}
        },
        "$defs": {"part": {"type": "object", "properties": {"name": {"type": "string"}}}}
      }
      """;

  static Stream<Arguments> breaking() {
    return Stream.of(
        change("a field is removed", "/count", s -> at(s, "/properties").remove("count")),
        change("a type changes", "/count", s -> at(s, "/properties/count").put("type", "number")),
        change("a type goes", "/count", s -> at(s, "/properties/count").remove("type")),
        change("a field becomes required", "/count", s -> s.withArray("required").add("count")),
        change("a new field is required", "/size", CompatibilityTest::addRequired),
        change("a required field becomes optional", "/id", s -> s.remove("required")),
        change("a word goes", "/colour", s -> words(s, "RED")),
        change("open words are closed", "/colour", CompatibilityTest::close),
        change("a closed word comes", "/closed", s -> closed(s, "ON", "OFF", "DIM")),
        change("a closed word goes", "/closed", s -> closed(s, "ON")),
        change(
            "a format narrows",
            "/paths/*",
            s -> at(s, "/properties/paths/items").put("format", "uri")),
        change("a format changes", "/id", s -> at(s, "/properties/id").put("format", "uri")),
        change("a format goes", "/id", s -> at(s, "/properties/id").remove("format")),
        change("a pattern changes", "/id", s -> at(s, "/properties/id").put("pattern", "^1")),
        change("a minimum rises", "/count", s -> at(s, "/properties/count").put("minimum", 2)),
        change("a maximum falls", "/count", s -> at(s, "/properties/count").put("maximum", 8)),
        change("a maximum rises", "/count", s -> at(s, "/properties/count").put("maximum", 10)),
        change("a length falls", "/id", s -> at(s, "/properties/id").put("maxLength", 30)),
        change("an object is closed", "", s -> s.put("additionalProperties", false)),
        change("a label's type changes", "/labels/*", CompatibilityTest::numberLabels),
        change("a label gets a name", "/labels/rack", CompatibilityTest::nameLabel),
        change(
            "an item's type changes",
            "/paths/*",
            s -> at(s, "/properties/paths/items").put("type", "null")),
        change(
            "an unknown keyword comes",
            "/id",
            s -> at(s, "/properties/id").put("contentEncoding", "base64")),
        change(
            "a field behind a reference goes",
            "/after/name",
            s -> at(s, "/$defs/part/properties").remove("name")));
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        change("nothing", "", s -> {}),
        change(
            "an optional field comes",
            "",
            s -> at(s, "/properties").putObject("size").put("type", "integer")),
        change(
            "one comes behind a reference",
            "",
            s -> at(s, "/$defs/part/properties").putObject("size")),
        change("an open word comes", "", s -> words(s, "RED", "BLUE", "GREEN")),
        change(
            "what is said for people changes",
            "",
            s -> s.put("title", "T").put("description", "D")),
        change(
            "a reference is written out",
            "",
            s -> at(s, "/properties").set("after", at(s, "/$defs/part"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("breaking")
  void aBreakingChangeIsCaughtWhereItIs(String name, String path, Consumer<ObjectNode> change)
      throws IOException {
    assertThat(Compatibility.breaches(schema(s -> {}), schema(change)))
        .extracting(Breach::path)
        .containsOnly(path);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void aHarmlessChangeIsLetThrough(String name, String path, Consumer<ObjectNode> change)
      throws IOException {
    assertThat(Compatibility.breaches(schema(s -> {}), schema(change))).isEmpty();
  }

  @Test
  void everyDifferenceIsReportedAtOnce() throws IOException {
    JsonNode changed =
        schema(
            s -> {
              at(s, "/properties").remove("count");
              at(s, "/properties/id").put("type", "integer");
            });

    assertThat(Compatibility.breaches(schema(s -> {}), changed))
        .containsExactlyInAnyOrder(
            new Breach("/count", "the field is gone"),
            new Breach("/id", "type was \"string\", is \"integer\""));
  }

  private static Arguments change(String name, String path, Consumer<ObjectNode> change) {
    return arguments(name, path, change);
  }

  private static void addRequired(ObjectNode schema) {
    at(schema, "/properties").putObject("size").put("type", "integer");
    schema.withArray("required").add("size");
  }

  private static void close(ObjectNode schema) {
    at(schema, "/properties/colour").withArray("anyOf").remove(1);
  }

  private static void words(ObjectNode schema, String... words) {
    var list = at(schema, "/properties/colour/anyOf/0").putArray("enum");
    Stream.of(words).forEach(list::add);
  }

  private static void closed(ObjectNode schema, String... words) {
    var list = at(schema, "/properties/closed").putArray("enum");
    Stream.of(words).forEach(list::add);
  }

  private static void numberLabels(ObjectNode schema) {
    at(schema, "/properties/labels/additionalProperties").put("type", "number");
  }

  private static void nameLabel(ObjectNode schema) {
    at(schema, "/properties/labels")
        .putObject("properties")
        .putObject("rack")
        .put("type", "string");
  }

  private static ObjectNode at(ObjectNode schema, String pointer) {
    return (ObjectNode) schema.at(pointer);
  }

  private static ObjectNode schema(Consumer<ObjectNode> change) throws IOException {
    ObjectNode schema = (ObjectNode) Json.MAPPER.readTree(SCHEMA);
    change.accept(schema);
    return schema;
  }
}
