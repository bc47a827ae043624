package dev.perch.inventory.host;

import static dev.perch.inventory.Api.asOperator;
import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static dev.perch.inventory.Api.patch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.contract.Json;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Platform.class)
class HostListTest {

  @Test
  void filtersNarrowTheListByNamePersonalityStateAndLabels() {
    UUID site = createSite();
    register(site, "a-1", "WORKER", Map.of("rack", "a", "zone", "x"));
    register(site, "a-2", "STORAGE", Map.of("rack", "a"));
    register(site, "b-1", "WORKER", Map.of("rack", "b"));

    assertThat(names(site, Map.of())).containsExactly("a-1", "a-2", "b-1");
    assertThat(names(site, Map.of("name", "a"))).containsExactly("a-1", "a-2");
    assertThat(names(site, Map.of("personality", "WORKER"))).containsExactly("a-1", "b-1");
    assertThat(names(site, Map.of("personality", "WORKER,STORAGE"))).hasSize(3);
    assertThat(names(site, Map.of("administrative", "UNLOCKED"))).isEmpty();
    assertThat(names(site, Map.of("availability", "UNKNOWN"))).hasSize(3);
    assertThat(names(site, Map.of("labels", "rack=a,zone in (x,y)"))).containsExactly("a-1");
    assertThat(names(site, Map.of("labels", "!zone"))).containsExactly("a-2", "b-1");
    assertThat(names(site, Map.of("labels", "rack!=a"))).containsExactly("b-1");
  }

  @Test
  void pagesMissAndRepeatNothingWhileHostsAreAdded() {
    UUID site = createSite();
    for (int i = 0; i < 10; i++) {
      register(site, "h-" + i, "WORKER", Map.of());
    }

    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      var request = asViewer().queryParam("site", site).queryParam("limit", 3);
      var page = (cursor == null ? request : request.queryParam("cursor", cursor)).get("/v1/hosts");
      seen.addAll(page.<List<String>>path("items.name"));
      cursor = page.path("next");
      // Sorts before everything that was seen: it must push no host onto the next page again.
      register(site, "a-" + seen.size(), "WORKER", Map.of());
    } while (cursor != null);

    assertThat(seen)
        .containsExactly("h-0", "h-1", "h-2", "h-3", "h-4", "h-5", "h-6", "h-7", "h-8", "h-9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-uuid", "", "\u0000"})
  void aCursorThatNoListHasMadeIsRefused(String id) {
    // Given a cursor of this list, with another keyset in it
    UUID site = createSite();
    register(site, "h-1", "WORKER", Map.of());
    register(site, "h-2", "WORKER", Map.of());
    String cursor =
        asViewer().queryParam("site", site).queryParam("limit", 1).get("/v1/hosts").path("next");

    asViewer()
        .queryParam("site", site)
        .queryParam("cursor", forged(cursor, "h-1", id))
        .get("/v1/hosts")
        .then()
        .statusCode(400)
        .body("violations.code", contains("cursor.malformed"));
  }

  @Test
  void aCursorOfATimelineHasANumber() {
    UUID host = createHost(createSite());
    patch(host, Map.of("labels", Map.of("rack", "a"))).then().statusCode(200);
    String timeline = "/v1/hosts/" + host + "/timeline";
    String cursor = asViewer().queryParam("limit", 1).get(timeline).path("next");

    asViewer()
        .queryParam("cursor", forged(cursor, "newest"))
        .get(timeline)
        .then()
        .statusCode(400)
        .body("violations.code", contains("cursor.malformed"));
  }

  @Test
  void whateverIsWrongWithTheParametersIsAnsweredAtOnce() {
    asViewer()
        .queryParam("colour", "red")
        .queryParam("limit", "0")
        .queryParam("personality", "ROUTER")
        .queryParam("cursor", "nonsense")
        .queryParam("labels", "===")
        .get("/v1/hosts")
        .then()
        .statusCode(400)
        .body("violations.field", hasItems("colour", "limit", "personality", "cursor", "labels"));
  }

  @Test
  void aCursorBelongsToTheFiltersItWasMadeWith() {
    UUID site = createSite();
    createHost(site);
    createHost(site);
    String cursor =
        asViewer().queryParam("site", site).queryParam("limit", 1).get("/v1/hosts").path("next");

    asViewer()
        .queryParam("limit", 1)
        .queryParam("cursor", cursor)
        .get("/v1/hosts")
        .then()
        .statusCode(400)
        .body("violations.code", contains("cursor.other-filter"));
  }

  @Test
  void aListCarriesTheCursorToWatchFrom() {
    Awaitility.await()
        .untilAsserted(
            () ->
                asViewer()
                    .get("/v1/hosts")
                    .then()
                    .statusCode(200)
                    .header("Perch-Watch-Cursor", notNullValue()));
  }

  private static void register(
      UUID site, String name, String personality, Map<String, String> labels) {
    asOperator()
        .contentType(ContentType.JSON)
        .body(Map.of("siteId", site, "name", name, "personality", personality, "labels", labels))
        .post("/v1/hosts")
        .then()
        .statusCode(201);
  }

  private static List<String> names(UUID site, Map<String, String> filter) {
    return asViewer()
        .queryParam("site", site)
        .queryParams(filter)
        .get("/v1/hosts")
        .then()
        .statusCode(200)
        .extract()
        .path("items.name");
  }

  private static String forged(String cursor, String... keyset) {
    try {
      ObjectNode content = (ObjectNode) Json.MAPPER.readTree(Base64.getUrlDecoder().decode(cursor));
      content.set("k", Json.MAPPER.valueToTree(keyset));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Json.MAPPER.writeValueAsBytes(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
