package dev.perch.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AsyncApiTest {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(Feature.MINIMIZE_QUOTES, Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(Feature.INDENT_ARRAYS_WITH_INDICATOR)
          .disable(Feature.WRITE_DOC_START_MARKER, Feature.SPLIT_LINES)
          .build();

  @Test
  void theCommittedDocumentSaysWhatTheCatalogueAndTheSchemasSay() throws IOException {
    String yaml = YAML.writeValueAsString(AsyncApi.document());

    assertThat(YAML.readTree(yaml)).isEqualTo(Json.MAPPER.readTree(AsyncApi.document().toString()));
    Generated.check(Path.of("asyncapi.yaml"), yaml);
  }

  @Test
  void everyReferenceOfTheDocumentHasATarget() throws IOException {
    JsonNode document = AsyncApi.document();

    assertThat(document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(
            ref ->
                assertThat(document.at(ref.substring(1)).isMissingNode()).as("%s", ref).isFalse());
  }
}
