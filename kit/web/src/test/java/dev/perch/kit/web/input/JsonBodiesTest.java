package dev.perch.kit.web.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodiesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\": 1",
        "{'a': 1}",
        "{\"a\": 1} {\"b\": 2}",
        "{\"a\": 1, \"a\": 2}",
        "{\"a\": NaN}",
        "{\"a\": \"\u0001\"}",
        "// no comment\n{}",
        "secret"
      })
  void malformedJsonIsOneViolationThatSaysWhere(String body) {
    ProblemException refused = refused(body);

    assertThat(refused.problem()).isInstanceOf(Problem.Invalid.class);
    assertThat(refused.problem().violations())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.code()).isEqualTo("body.malformed");
              assertThat(violation.remedy()).contains("line ").doesNotContain("secret");
            });
  }

  @Test
  void depthIsLimited() {
    assertThat(refused("[".repeat(33) + "]".repeat(33)).problem())
        .isInstanceOf(Problem.Invalid.class);
    assertThat(JsonBodies.read(bytes("[".repeat(32) + "]".repeat(32))).isArray()).isTrue();
  }

  @Test
  void aNumberWithoutEndIsRefused() {
    assertThat(refused("9".repeat(65)).problem()).isInstanceOf(Problem.Invalid.class);
  }

  @Test
  void sizeIsLimited() {
    String largest = "\"" + "x".repeat(JsonBodies.MOST_BYTES - 2) + "\"";

    assertThat(JsonBodies.read(bytes(largest)).isTextual()).isTrue();
    assertThat(refused(largest + " ").problem()).isInstanceOf(Problem.TooLarge.class);
  }

  @Test
  void noBodyIsMissing() {
    assertThat(JsonBodies.read(new byte[0]).isMissingNode()).isTrue();
  }

  private static ProblemException refused(String body) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> JsonBodies.read(bytes(body)));
    assertThat(refused).isNotNull();
    return refused;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
