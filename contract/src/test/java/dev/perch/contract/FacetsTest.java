package dev.perch.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.Facts;
import dev.perch.contract.facts.HostFacet;
import dev.perch.contract.link.FacetDigest;
import dev.perch.contract.link.FacetReport;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FacetsTest {
  private static final UUID HOST = UUID.fromString("0199e1d2-7a44-7c1e-9d5b-0242ac120002");
  private static final Instant AT = Instant.parse("2026-11-01T08:30:00.123456Z");

  @ParameterizedTest
  @EnumSource
  void theSchemaNamesEveryComponentOfAFacetAndNothingElse(Facet facet) throws IOException {
    JsonNode fields = schema().at("/properties/" + facet.word());

    assertSameFields(facet.type(), fields, facet.word());
  }

  @ParameterizedTest
  @EnumSource
  void aFacetThatIsFullIsValidAndReadsBackEqual(Facet facet) throws Exception {
    Facts facts = (Facts) full(facet.type());

    HostFacet published = HostFacet.of(HOST, facts.report(), 3, AT);

    JsonNode written = Json.MAPPER.readTree(Json.MAPPER.writeValueAsString(published));
    assertThat(
            JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(schema())
                .validate(written))
        .isEmpty();
    HostFacet read = Json.MAPPER.treeToValue(written, HostFacet.class);
    assertThat(read).isEqualTo(published);
    assertThat(read.facts()).contains(facts);
    assertThat(written.has(facet.word())).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aFacetIsFoundByItsWord(Facet facet) {
    assertThat(Facet.find(facet.word())).contains(facet);
    assertThat(HostFacet.key(HOST, facet)).isEqualTo(HOST + "/" + facet.word());
  }

  @Test
  void aFacetThatIsUnavailableSaysWhy() {
    FacetReport report = FacetReport.unavailable("topology", "lldpcli is not installed");

    HostFacet published = HostFacet.of(HOST, report, 1, AT);

    assertThat(published.unavailable()).isEqualTo("lldpcli is not installed");
    assertThat(published.facts()).isEmpty();
  }

  @Test
  void aFactFromTheFutureIsLeftOutAndCountsInTheDigest() throws Exception {
    Facts facts = (Facts) full(Facet.CPU.type());
    ObjectNode data = Json.MAPPER.valueToTree(facts);

    HostFacet published =
        HostFacet.of(HOST, FacetReport.of("cpu", data.put("quantumCores", 3)), 1, AT);

    assertThat(published.facts()).contains(facts);
    assertThat(published.digest()).isNotEqualTo(FacetDigest.of(facts.report()));
  }

  @Test
  void factsOfAnotherShapeAndUnknownFacetsAreRefused() throws IOException {
    JsonNode shapeless = Json.MAPPER.readTree("{\"interfaces\":\"many\"}");

    assertThatThrownBy(() -> HostFacet.of(HOST, FacetReport.of("network", shapeless), 1, AT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HostFacet.of(HOST, FacetReport.of("aura", shapeless), 1, AT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static JsonNode schema() throws IOException {
    return Json.MAPPER.readTree(Schemas.text(Catalogue.HOST_FACETS.stateType()).orElseThrow());
  }

  private static void assertSameFields(Class<?> type, JsonNode schema, String path) {
    assertThat(schema.path("properties").fieldNames())
        .as(path)
        .toIterable()
        .containsExactlyElementsOf(
            Stream.of(type.getRecordComponents()).map(RecordComponent::getName).toList());
    for (RecordComponent component : type.getRecordComponents()) {
      JsonNode field = schema.path("properties").path(component.getName());
      String name = path + "/" + component.getName();
      if (component.getType().isRecord()) {
        assertSameFields(component.getType(), field, name);
      } else if (component.getGenericType() instanceof ParameterizedType list
          && list.getActualTypeArguments()[0] instanceof Class<?> item
          && item.isRecord()) {
        assertSameFields(item, field.path("items"), name);
      }
    }
  }

  private static Object full(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(components[i].getType(), components[i].getGenericType());
    }
    return type.getDeclaredConstructor(types).newInstance(values);
  }

  private static Object value(Class<?> type, Type generic) throws ReflectiveOperationException {
    if (type == List.class) {
      Class<?> item = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
      return List.of(value(item, item));
    }
    return switch (type.getSimpleName()) {
      case "String" -> "word";
      case "int", "Integer" -> 7;
      case "long", "Long" -> 7L << 40;
      case "boolean", "Boolean" -> true;
      case "Map" -> Map.of("key", "value");
      default -> full(type);
    };
  }
}
