package dev.perch.kit.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.kit.web.Violation;
import dev.perch.kit.web.input.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
  private static final Map<String, String> LABELS =
      Map.of("rack", "a", "zone", "x", "perch.dev/role", "", "in", "1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rack=a                      | true
          rack==a                     | true
          rack = b                    | false
          rack!=b                     | true
          rack!=a                     | false
          nosuch!=a                   | true
          zone in (x,y)               | true
          zone in (y, z)              | false
          zone notin (y)              | true
          zone notin (x,y)            | false
          nosuch notin (x)            | true
          rack                        | true
          nosuch                      | false
          !nosuch                     | true
          !rack                       | false
          perch.dev/role=             | true
          in                          | true
          rack=a,zone in (x,y),!spare | true
          rack=a,zone in (y)          | false
          """)
  void selectsAsKubernetesDoes(String selector, boolean selected) {
    assertThat(read(selector).matches(LABELS)).isEqualTo(selected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "a=b,",
        "=b",
        "a=b=c",
        "a in b",
        "a in (b",
        "-a",
        "a=b c",
        "!",
        "a in ((b))"
      })
  void whatIsNoSelectorIsRefused(String selector) {
    List<Violation> violations = new ArrayList<>();

    assertThat(LabelSelector.read(selector, new Place("labels", violations))).isNull();
    assertThat(violations).extracting(Violation::code).containsExactly("label.selector");
  }

  @Test
  void theConditionsCarryValuesAsParametersOnly() {
    Where where = new Where();

    read("rack=a,zone notin (x,y),!spare,role").into(where, "h.labels");

    assertThat(where.sql())
        .isEqualTo(
            " where h.labels ->> ?1 = any (?2)"
                + " and coalesce(h.labels ->> ?3 <> all (?4), true)"
                + " and not jsonb_exists(h.labels, ?5)"
                + " and jsonb_exists(h.labels, ?6)");
    assertThat(where.parameters())
        .containsExactly(
            "rack", new String[] {"a"}, "zone", new String[] {"x", "y"}, "spare", "role");
  }

  private static LabelSelector read(String selector) {
    List<Violation> violations = new ArrayList<>();
    LabelSelector read = LabelSelector.read(selector, new Place("labels", violations));
    assertThat(violations).isEmpty();
    return Objects.requireNonNull(read);
  }
}
