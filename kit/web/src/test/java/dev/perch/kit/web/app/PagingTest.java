package dev.perch.kit.web.app;

import static dev.perch.kit.web.app.Client.operator;
import static dev.perch.kit.web.app.Client.posting;
import static dev.perch.kit.web.app.Client.thing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(Platform.class)
class PagingTest {
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

  private final String group = "g" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void pagesShowEachItemOnceWhileOthersAreAddedBeforeAndBehind() {
    List<String> names = IntStream.range(10, 60).mapToObj(i -> group + "-" + i).toList();
    names.forEach(name -> create(name, Map.of("group", group)));
    List<String> seen = new ArrayList<>();
    String page = "/v1/things?limit=7&labels=group%3D" + group;
    int added = 0;

    while (page != null) {
      Response answer = operator().urlEncodingEnabled(false).get(page);
      assertThat(answer.statusCode()).isEqualTo(200);
      List<String> items = answer.jsonPath().getList("items.name");
      assertThat(items).hasSizeLessThanOrEqualTo(7);
      seen.addAll(items);
      create(group + "-0" + added++, Map.of("group", group));
      page = next(answer);
    }

    assertThat(seen).isSorted().doesNotHaveDuplicates().containsAll(names);
    assertThat(added).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rack=a             | one
          rack!=a            | two,three
          rack in (a,b)      | one,two
          rack notin (a)     | two,three
          rack               | one,two
          !rack              | three
          rack=a,rack!=a     |
          """)
  void selectorsInSqlSelectAsTheySay(String selector, String names) {
    create(group + "-one", Map.of("group", group, "rack", "a"));
    create(group + "-two", Map.of("group", group, "rack", "b"));
    create(group + "-three", Map.of("group", group));

    List<String> found =
        operator()
            .urlEncodingEnabled(false)
            .get(
                "/v1/things?labels="
                    + URLEncoder.encode("group=" + group + "," + selector, StandardCharsets.UTF_8))
            .jsonPath()
            .getList("items.name");

    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            names == null
                ? List.of()
                : List.of(names.split(",")).stream().map(n -> group + "-" + n).toList());
  }

  @Test
  void aCursorOfAnotherListIsRefused() {
    create(group + "-a", Map.of());
    create(group + "-b", Map.of());
    String cursor = operator().get("/v1/things?limit=1").jsonPath().getString("next");

    Response refused = operator().get("/v1/things?labels=rack&cursor=" + cursor);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.jsonPath().getList("violations.code"))
        .isEqualTo(List.of("cursor.other-filter"));
  }

  private static void create(String name, Map<String, String> labels) {
    Map<String, Object> thing = thing(name);
    thing.put("labels", labels);
    assertThat(posting(thing).post("/v1/things").statusCode()).isEqualTo(201);
  }

  private static @org.jspecify.annotations.Nullable String next(Response answer) {
    String link = answer.header("Link");
    if (link == null) {
      return null;
    }
    Matcher matcher = NEXT.matcher(link);
    assertThat(matcher.matches()).isTrue();
    return matcher.group(1);
  }
}
