package dev.perch.kit.reconcile.operation;

import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.perch.contract.Catalogue;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Token;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The parts put together in a Quarkus service. */
@QuarkusTest
@WithTestResource(Platform.class)
class OperationResourceTest {
  private static final UUID SITE = UUID.randomUUID();

  @Inject ThingActions things;

  @TestHTTPResource("/")
  URI base;

  private final String target = "things/" + UUID.randomUUID();

  @Test
  void whatWasAskedForIsDoneAndPublished() {
    String id = start(SITE, "done");

    JsonPath done = awaitState(id, "SUCCEEDED");

    assertThat(done.getString("requestedBy")).isEqualTo("somebody");
    assertThat(done.getString("reason")).isEqualTo("it is dull");
    assertThat(done.getString("steps[0].state")).isEqualTo("DONE");
    assertThat(done.getString("steps[0].output")).isNull();
    assertThat(done.getString("nextDue")).isNull();
    List<Event> log = Events.await(Catalogue.operations("probe").log().name(), id, 3);
    assertThatEvents(log).areCloudEvents().matchTheirSchemas().areGapFreePerKey();
    List<Event> states = Events.await(Catalogue.operations("probe").state().name(), id, 3);
    assertThatEvents(states).areCloudEvents().matchTheirSchemas().areStrictlyOrderedPerKey();
  }

  @Test
  void whatWasRolledBackWasNeverAskedFor() {
    assertThatThrownBy(() -> things.startAndFail(target).await().indefinitely())
        .hasMessageContaining("changed my mind");

    as(Tokens.viewer())
        .queryParam("target", target)
        .get("/v1/operations")
        .then()
        .body("items", hasSize(0));
  }

  @Test
  void anOperationThatWaitsSaysWhenItIsLookedAtNextAndIsCancelled() {
    String id = start(SITE, "waits");
    awaitShown(id, "nextDue");

    as(Tokens.viewer())
        .get("/v1/operations/" + id)
        .then()
        .body("steps[0].message", equalTo("it dries"))
        .body("steps[0].progress", equalTo(10))
        .header("ETag", notNullValue());
    as(Tokens.operator())
        .header("Perch-Reason", "too slow")
        .post("/v1/operations/" + id + "/cancel")
        .then()
        .statusCode(202)
        .header("Location", containsString(id))
        .body("state", equalTo("CANCELLING"));

    awaitState(id, "CANCELLED");
    as(Tokens.operator())
        .post("/v1/operations/" + id + "/cancel")
        .then()
        .statusCode(409)
        .body("violations[0].code", equalTo("operation.finished"));
  }

  @Test
  void onlyOperatorsOfItsSiteCancelIt() {
    String id = start(SITE, "waits");
    String cancel = "/v1/operations/" + id + "/cancel";

    as(Tokens.viewer()).post(cancel).then().statusCode(403);
    as(Tokens.operator().atSites(UUID.randomUUID())).post(cancel).then().statusCode(404);
    as(Tokens.viewer().atSites(UUID.randomUUID()))
        .get("/v1/operations/" + id)
        .then()
        .statusCode(404);
    as(Tokens.operator()).header("If-Match", "\"1-x\"").post(cancel).then().statusCode(412);
    given().post(cancel).then().statusCode(401);
    as(Tokens.operator().atSites(SITE)).post(cancel).then().statusCode(202);
    String ofNone = start(null, "waits");
    as(Tokens.operator().atSites(SITE))
        .post("/v1/operations/" + ofNone + "/cancel")
        .then()
        .statusCode(403);
  }

  @Test
  void theListIsFilteredAndPaged() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.addFirst(start(SITE, "done"));
    }
    ids.forEach(id -> awaitState(id, "SUCCEEDED"));
    String wrong = start(SITE, "wrong");
    awaitState(wrong, "FAILED");

    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      var request = list().queryParam("state", "SUCCEEDED").queryParam("limit", 2);
      if (cursor != null) {
        request.queryParam("cursor", cursor);
      }
      JsonPath page = request.get("/v1/operations").then().statusCode(200).extract().jsonPath();
      found.addAll(page.getList("items.id"));
      cursor = page.getString("next");
    } while (cursor != null);

    assertThat(found).isEqualTo(ids);
    list()
        .queryParam("state", "FAILED,CANCELLED")
        .get("/v1/operations")
        .then()
        .body("items", hasSize(1))
        .body("items[0].failure.message", equalTo("no cloth"));
    list().queryParam("kind", "other").get("/v1/operations").then().body("items", hasSize(0));
    list()
        .queryParam("site", UUID.randomUUID().toString())
        .get("/v1/operations")
        .then()
        .body("items", hasSize(0));
    as(Tokens.viewer().atSites(UUID.randomUUID()))
        .queryParam("target", target)
        .get("/v1/operations")
        .then()
        .body("items", hasSize(0));
    list()
        .queryParam("state", "LOST")
        .queryParam("colour", "red")
        .get("/v1/operations")
        .then()
        .statusCode(400)
        .body("violations", hasSize(2));
  }

  @Test
  void whatHappensToOperationsCanBeWatched() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "v1/operations?watch=true"))
            .header("Authorization", "Bearer " + Tokens.viewer().mint())
            .build();
    List<String> lines = new CopyOnWriteArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      // 503 until the feed has seen its topic, which has just been created.
      HttpResponse<Stream<String>> stream =
          await()
              .atMost(Duration.ofSeconds(30))
              .until(
                  () -> client.send(request, BodyHandlers.ofLines()),
                  answer -> answer.statusCode() == 200);
      Thread reader = Thread.ofVirtual().start(() -> stream.body().forEach(lines::add));

      String id = start(SITE, "done");

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(lines)
                      .anyMatch(line -> line.contains(id) && line.contains("SUCCEEDED")));
      client.shutdownNow();
      reader.interrupt();
    }
  }

  private String start(@Nullable UUID site, String how) {
    return things.start(target, site, how).await().indefinitely().id().toString();
  }

  private RequestSpecification list() {
    return as(Tokens.viewer()).queryParam("target", target);
  }

  private static RequestSpecification as(Token token) {
    return given().auth().oauth2(token.mint());
  }

  private static JsonPath awaitState(String id, String state) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> read(id), found -> state.equals(found.getString("state")));
  }

  private static void awaitShown(String id, String field) {
    await().atMost(Duration.ofSeconds(30)).until(() -> read(id).getString(field) != null);
  }

  private static JsonPath read(String id) {
    return as(Tokens.viewer())
        .get("/v1/operations/" + id)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }
}
