package dev.perch.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.perch.contract.facts.Digest;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.FacetReport;
import dev.perch.contract.facts.Facts;
import dev.perch.contract.facts.HostFacet;
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

    HostFacet published = HostFacet.of(HOST, FacetReport.of(facts), 3, AT);

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
  void theDigestDoesNotDependOnTheOrderOfFields() throws IOException {
    JsonNode one = Json.MAPPER.readTree("{\"b\":[{\"y\":1,\"x\":2}],\"a\":null}");
    JsonNode other = Json.MAPPER.readTree("{\"a\":null,\"b\":[{\"x\":2,\"y\":1}]}");
    JsonNode different = Json.MAPPER.readTree("{\"a\":null,\"b\":[{\"x\":2,\"y\":3}]}");

    assertThat(Digest.of(one))
        .isEqualTo(Digest.of(other))
        .isNotEqualTo(Digest.of(different))
        .satisfies(digest -> assertThat(Digest.isDigest(digest)).isTrue());
  }

  @Test
  void aReportCarriesItsReasonWhereThereAreNoFacts() {
    FacetReport report = FacetReport.unavailable(Facet.TOPOLOGY, "lldpcli is not installed");

    HostFacet published = HostFacet.of(HOST, report, 1, AT);

    assertThat(published.unavailable()).isEqualTo("lldpcli is not installed");
    assertThat(published.facts()).isEmpty();
    assertThat(report.isIntact()).isTrue();
  }

  @Test
  void aReportThatWasTamperedWithIsNotIntact() throws Exception {
    FacetReport honest = FacetReport.of((Facts) full(Facet.CPU.type()));
    ObjectNode facts = requireNonNull(honest.facts()).deepCopy();

    FacetReport forged =
        new FacetReport(Facet.CPU, honest.digest(), null, facts.put("model", "another"));

    assertThat(honest.isIntact()).isTrue();
    assertThat(forged.isIntact()).isFalse();
  }

  @Test
  void factsOfAnotherShapeAreRefused() throws IOException {
    JsonNode shapeless = Json.MAPPER.readTree("{\"interfaces\":\"many\"}");
    FacetReport report = new FacetReport(Facet.NETWORK, Digest.of(shapeless), null, shapeless);

    assertThatThrownBy(report::read).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FacetReport(Facet.CPU, report.digest(), "why", shapeless))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FacetReport(Facet.CPU, "sha256:no", null, shapeless))
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
