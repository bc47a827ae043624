package dev.perch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gate. What was ever released is in {@code src/test/resources/released/<version>/}: the
 * schemas and the topics, never edited. Today's must be compatible with every one of them, not with
 * the last alone.
 */
class ReleasedSchemasTest {
  private static final Path RELEASED = Path.of("src/test/resources/released");

  static List<Path> releases() throws IOException {
    try (var folders = Files.list(RELEASED)) {
      return folders.sorted().toList();
    }
  }

  static List<String> types() {
    return Schemas.types();
  }

  @ParameterizedTest
  @MethodSource("releases")
  void todaysSchemasAreCompatibleWithEveryRelease(Path release) throws IOException {
    List<Path> schemas;
    try (var files = Files.list(release.resolve("schemas"))) {
      schemas = files.toList();
    }
    assertThat(schemas).isNotEmpty();
    for (Path released : schemas) {
      String type = released.getFileName().toString().replace(".json", "");
      assertThat(Schemas.text(type)).as("%s was released and is gone", type).isPresent();
      JsonNode today = Json.MAPPER.readTree(Schemas.text(type).orElseThrow());

      assertThat(Compatibility.breaches(Json.MAPPER.readTree(released.toFile()), today))
          .as("%s against %s: a breaking change needs a new type and topic", type, release)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("releases")
  void noReleasedTopicIsGoneOrDiffers(Path release) throws IOException {
    List<Topic> released =
        Json.MAPPER.readValue(
            release.resolve("topics.json").toFile(), new TypeReference<List<Topic>>() {});

    assertThat(released).isNotEmpty();
    assertThat(Catalogue.topics()).containsAll(released);
  }

  @ParameterizedTest
  @MethodSource("types")
  void everySchemaIsOpen(String type) throws IOException {
    JsonNode schema = Json.MAPPER.readTree(Schemas.text(type).orElseThrow());

    assertThat(schema.findValues("additionalProperties")).noneMatch(JsonNode::isBoolean);
    assertThat(schema.findParents("anyOf"))
        .allMatch(parent -> Compatibility.areOpenWords(parent.get("anyOf")));
    assertThat(schema.findValues("enum")).hasSameSizeAs(schema.findValues("anyOf"));
  }

  @Test
  void thereIsAtLeastOneRelease() throws IOException {
    assertThat(releases()).isNotEmpty();
  }
}
