package dev.perch.kit.web.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import dev.perch.kit.web.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FieldsTest {
  private enum Size {
    SMALL,
    LARGE
  }

  private record Thing(String name, Size size, Map<String, String> labels, List<Long> numbers) {}

  private static final Fields.Shape<Thing> THING =
      fields -> {
        var name = fields.required("name", Rules.label().except(Set.of("default")));
        var size = fields.required("size", Rules.oneOf(Size.class));
        var labels = fields.optional("labels", Rules.labels());
        var numbers = fields.optional("numbers", Rules.list(Rules.integer(0, 9), 3));
        fields.readOnly("state");
        return () ->
            new Thing(name.get(), size.get(), labels.orElse(Map.of()), numbers.orElse(List.of()));
      };

  @Test
  void aGoodBodyBecomesARecord() {
    Thing thing =
        Fields.bind(
            json(
                """
                {"name": "edge-1", "size": "LARGE", "labels": {"perch.dev/rack": "a"}, "numbers": [1, 2]}
                """),
            THING);

    assertThat(thing)
        .isEqualTo(new Thing("edge-1", Size.LARGE, Map.of("perch.dev/rack", "a"), List.of(1L, 2L)));
  }

  @Test
  void everythingThatIsWrongIsFoundAtOnce() {
    List<Violation> violations =
        violations(
            () ->
                Fields.bind(
                    json(
                        """
                        {"name": "Edge_1", "size": "HUGE", "labels": {"-": "x", "ok": "not ok"},
                         "numbers": [1, 10, "2"], "state": {}, "colour": "red", "a/b~c": 1}
                        """),
                    THING));

    assertThat(violations)
        .extracting(Violation::code, Violation::field)
        .containsExactlyInAnyOrder(
            tuple("value.syntax", "/name"),
            tuple("value.not-allowed", "/size"),
            tuple("label.key", "/labels/-"),
            tuple("label.value", "/labels/ok"),
            tuple("value.range", "/numbers/1"),
            tuple("value.type", "/numbers/2"),
            tuple("field.read-only", "/state"),
            tuple("field.unknown", "/colour"),
            tuple("field.unknown", "/a~1b~0c"));
  }

  @Test
  void aRefusedEnumIsToldWhatIsAllowed() {
    List<Violation> violations =
        violations(() -> Fields.bind(json("{\"name\": \"a\", \"size\": \"HUGE\"}"), THING));

    assertThat(violations)
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.found()).isEqualTo(TextNode.valueOf("HUGE"));
              assertThat(violation.remedy()).contains("SMALL").contains("LARGE");
            });
  }

  @Test
  void missingAndNullAreTheSameAndBothAreTold() {
    assertThat(violations(() -> Fields.bind(json("{\"size\": null}"), THING)))
        .extracting(Violation::code, Violation::field)
        .containsExactlyInAnyOrder(
            tuple("field.required", "/name"), tuple("field.required", "/size"));
  }

  @Test
  void aReservedWordIsRefused() {
    assertThat(
            violations(
                () -> Fields.bind(json("{\"name\": \"default\", \"size\": \"SMALL\"}"), THING)))
        .extracting(Violation::code)
        .containsExactly("value.reserved");
  }

  @Test
  void aBodyThatIsNoObjectIsOneViolation() {
    for (String body : List.of("[]", "1", "\"x\"", "null", "")) {
      assertThat(violations(() -> Fields.bind(json(body), THING)))
          .extracting(Violation::code)
          .containsExactly("body.not-an-object");
    }
    assertThat(violations(() -> Fields.bind(null, THING))).hasSize(1);
  }

  @Test
  void whatIsNamedLikeASecretIsNeverShown() {
    List<Violation> violations =
        violations(
            () ->
                Fields.bind(
                    json("{\"bmc\": {\"password\": \"hunter2\"}, \"apiToken\": \"hunter2\"}"),
                    fields -> {
                      var bmc =
                          fields.required(
                              "bmc",
                              Rules.object(
                                  inner -> {
                                    var address = inner.required("address", Rules.dnsName());
                                    return address::get;
                                  }));
                      return bmc::get;
                    }));

    assertThat(violations).hasSize(3);
    assertThat(violations.toString()).doesNotContain("hunter2");
  }

  @Test
  void whatIsShownIsShort() {
    List<Violation> violations =
        violations(
            () ->
                Fields.bind(
                    json("{\"name\": \"" + "X".repeat(5000) + "\", \"size\": \"SMALL\"}"), THING));

    assertThat(violations)
        .singleElement()
        .satisfies(v -> assertThat(String.valueOf(v.found())).hasSizeLessThan(210));
  }

  @Test
  void aPatchIsReadAsTheResourceItMakes() {
    JsonNode current =
        json("{\"name\": \"edge-1\", \"size\": \"SMALL\", \"labels\": {\"a\": \"1\"}}");

    Thing patched =
        Fields.bindPatch(current, json("{\"labels\": {\"a\": null, \"b\": \"2\"}}"), THING);

    assertThat(patched).isEqualTo(new Thing("edge-1", Size.SMALL, Map.of("b", "2"), List.of()));
  }

  @Test
  void aPatchThatRemovesWhatMustBeThereOrIsUnknownOrObservedIsRefused() {
    JsonNode current = json("{\"name\": \"edge-1\", \"size\": \"SMALL\"}");

    List<Violation> violations =
        violations(
            () ->
                Fields.bindPatch(
                    current, json("{\"name\": null, \"nosuch\": null, \"state\": null}"), THING));

    assertThat(violations)
        .extracting(Violation::code, Violation::field)
        .containsExactlyInAnyOrder(
            tuple("field.required", "/name"),
            tuple("field.unknown", "/nosuch"),
            tuple("field.read-only", "/state"));
  }

  @Test
  void aUuidIsOnlyOneInFull() {
    Fields.Shape<UUID> shape =
        fields -> {
          var id = fields.required("id", Rules.uuid());
          return id::get;
        };

    assertThat(violations(() -> Fields.bind(json("{\"id\": \"1-1-1-1-1\"}"), shape)))
        .extracting(Violation::code)
        .containsExactly("value.syntax");
  }

  private static JsonNode json(String text) {
    return JsonBodies.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Violation> violations(ThrowingCallable call) {
    ProblemException refused = catchThrowableOfType(ProblemException.class, call);
    assertThat(refused).isNotNull();
    assertThat(refused.problem()).isInstanceOf(Problem.Invalid.class);
    return refused.problem().violations();
  }
}
