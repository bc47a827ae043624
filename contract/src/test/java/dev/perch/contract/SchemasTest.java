package dev.perch.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.perch.contract.inventory.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemasTest {
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final SchemaValidatorsConfig STRICT_FORMATS =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  static List<String> types() {
    return Schemas.types();
  }

  @Test
  void everyTypeHasASchemaAndASampleAndNothingElseHas() throws IOException {
    try (var files = Files.list(Path.of("src/main/resources/schemas"))) {
      assertThat(files.map(f -> f.getFileName().toString().replace(".json", "")))
          .containsExactlyInAnyOrderElementsOf(Schemas.types());
    }
    assertThat(Samples.byType()).containsOnlyKeys(Schemas.types().toArray(String[]::new));
    assertThat(Schemas.text("dev.perch.inventory.host.renamed.v1")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("types")
  void aSchemaIsAValidSchemaNamedAfterItsType(String type) throws IOException {
    JsonNode schema = Json.MAPPER.readTree(Schemas.text(type).orElseThrow());

    assertThat(schema.path("$id").asText()).isEqualTo("urn:perch:schema:" + type);
    JsonSchema metaSchema =
        FACTORY.getSchema(
            SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"), STRICT_FORMATS);
    assertThat(metaSchema.validate(schema)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("types")
  void whatARecordWritesIsValidAndReadsBackEqual(String type) throws IOException {
    Object sample = sample(type);

    JsonNode written = Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(sample));

    assertThat(validate(type, written)).isEmpty();
    assertThat(Json.MAPPER.treeToValue(written, sample.getClass())).isEqualTo(sample);
  }

  @ParameterizedTest
  @MethodSource("types")
  void aFieldFromTheFutureIsValidAndIgnored(String type) throws IOException {
    ObjectNode future = Json.MAPPER.valueToTree(sample(type));
    future.putObject("fromTheFuture").put("x", 1);

    assertThat(validate(type, future)).isEmpty();
    assertThat(Json.MAPPER.treeToValue(future, sample(type).getClass())).isEqualTo(sample(type));
  }

  @ParameterizedTest
  @MethodSource("types")
  void aMissingRequiredFieldIsNotValid(String type) throws IOException {
    for (JsonNode name : Json.MAPPER.readTree(Schemas.text(type).orElseThrow()).get("required")) {
      ObjectNode lacking = Json.MAPPER.valueToTree(sample(type));
      lacking.remove(name.asText());

      assertThat(validate(type, lacking)).as("without %s", name).isNotEmpty();
    }
  }

  @Test
  void aWordFromTheFutureIsValidAndReadAsNull() throws IOException {
    ObjectNode future = Json.MAPPER.valueToTree(Samples.HOST);
    future.put("personality", "WITNESS");

    assertThat(validate(Catalogue.HOSTS.stateType(), future)).isEmpty();
    assertThat(Json.MAPPER.treeToValue(future, Host.class).personality()).isNull();
  }

  @Test
  void aWrongTypeOrFormatIsNotValid() {
    ObjectNode wrongType = Json.MAPPER.valueToTree(Samples.HOST);
    wrongType.put("version", "three");
    ObjectNode wrongFormat = Json.MAPPER.valueToTree(Samples.HOST);
    wrongFormat.put("createdAt", "yesterday");

    assertThat(validate(Catalogue.HOSTS.stateType(), wrongType)).isNotEmpty();
    assertThat(validate(Catalogue.HOSTS.stateType(), wrongFormat)).isNotEmpty();
  }

  private static Object sample(String type) {
    return requireNonNull(Samples.byType().get(type), type);
  }

  private static Set<ValidationMessage> validate(String type, JsonNode value) {
    return FACTORY.getSchema(Schemas.text(type).orElseThrow(), STRICT_FORMATS).validate(value);
  }
}
