package dev.perch.kit.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.perch.kit.web.ProblemException;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.input.Rules;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private record Query(List<String> sites, PageRequest page) {}

  private static final Parameters.Shape<Query> QUERY =
      parameters -> {
        var sites = parameters.anyOf("site", Rules.label());
        var page = parameters.page(Key.text("name"), Key.text("id"));
        parameters.ignore("watch");
        return () -> new Query(sites.orElse(List.of()), page.get());
      };

  @Test
  void commasAndRepetitionBothMeanAnyOf() {
    assertThat(bind("site", "a,b", "site", "c").sites()).containsExactly("a", "b", "c");
  }

  @Test
  void withoutParametersItIsTheFirstPageOfAHundred() {
    PageRequest page = bind().page();

    assertThat(page.limit()).isEqualTo(100);
    assertThat(page.isFirst()).isTrue();
  }

  @Test
  void everythingThatIsWrongIsFoundAtOnce() {
    assertThat(
            violations(
                "site", "A,b", "limit", "0", "cursor", "?", "colour", "red", "watch", "true"))
        .extracting(Violation::code, Violation::field)
        .containsExactlyInAnyOrder(
            tuple("value.syntax", "site"),
            tuple("value.range", "limit"),
            tuple("cursor.malformed", "cursor"),
            tuple("parameter.unknown", "colour"));
    assertThat(violations("limit", "1001")).extracting(Violation::code).contains("value.range");
    assertThat(violations("limit", "x")).extracting(Violation::code).contains("value.type");
    assertThat(violations("limit", "1", "limit", "2"))
        .extracting(Violation::code)
        .containsExactly("parameter.repeated");
  }

  @Test
  void aCursorLeadsToTheNextPageOfTheSameList() {
    String cursor = next(bind("site", "a", "limit", "2").page());

    PageRequest second = bind("site", "a", "cursor", cursor, "limit", "50").page();

    assertThat(second.after()).containsExactly("n1", "n1");
  }

  @Test
  void aCursorOfAnotherFilterIsRefused() {
    String cursor = next(bind("site", "a", "limit", "2").page());

    assertThat(violations("site", "b", "cursor", cursor))
        .extracting(Violation::code)
        .containsExactly("cursor.other-filter");
  }

  @Test
  void aForgedKeysetIsRefused() {
    // Given cursors of the right list whose values are none of it
    var scope = bind().page().scope();
    var control = Cursors.write(scope, List.of("n\0", "n"));
    var short1 = Cursors.write(scope, List.of("n"));

    // Then none is let through to the database
    assertThat(List.of(control, short1))
        .allSatisfy(
            cursor ->
                assertThat(violations("cursor", cursor))
                    .extracting(Violation::code, Violation::field)
                    .containsExactly(tuple("cursor.malformed", "cursor")));
  }

  @Test
  void keysReadWhatTheyAre() {
    assertThat(Key.number("version").read("12")).isEqualTo(12);
    assertThat(Key.number("version").read("x")).isNull();
    assertThat(Key.number("version").read("-1")).isNull();
    assertThat(Key.number("version").read("9223372036854775808")).isNull();
    assertThat(Key.uuid("id").read("x")).isNull();
    assertThat(Key.text("name").read("")).isEmpty();
  }

  @Test
  void theLastPageHasNoCursor() {
    PageRequest page = bind("limit", "2").page();

    assertThat(page.of(List.of("n0", "n1"), ParametersTest::keyset, Function.identity()).next())
        .isNull();
  }

  private static String next(PageRequest page) {
    Page<String> first =
        page.of(List.of("n0", "n1", "n2"), ParametersTest::keyset, Function.identity());
    assertThat(first.items()).containsExactly("n0", "n1");
    return Objects.requireNonNull(first.next());
  }

  private static List<String> keyset(String row) {
    return List.of(row, row);
  }

  private static Query bind(String... pairs) {
    return Parameters.bind(map(pairs), QUERY);
  }

  private static List<Violation> violations(String... pairs) {
    ProblemException refused = catchThrowableOfType(ProblemException.class, () -> bind(pairs));
    assertThat(refused).isNotNull();
    return refused.problem().violations();
  }

  private static MultivaluedMap<String, String> map(String... pairs) {
    MultivaluedMap<String, String> map = new MultivaluedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.add(pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
