package dev.perch.inventory.host;

import static dev.perch.inventory.Api.asOperator;
import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static dev.perch.inventory.Api.delete;
import static dev.perch.inventory.Api.etag;
import static dev.perch.inventory.Api.patch;
import static dev.perch.inventory.Api.unique;
import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.perch.contract.Catalogue;
import dev.perch.contract.EventHeaders;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class HostTest {
  private static final String LOG = Catalogue.HOSTS.log().name();
  private static final String STATE = Catalogue.HOSTS.state().name();

  @Test
  void aRegisteredHostIsShownAsItWasAnsweredAndIsLockedUntilItIsSeen() {
    var created =
        asOperator()
            .contentType(ContentType.JSON)
            .body(
                Map.of(
                    "siteId", createSite(),
                    "name", "edge-1.example",
                    "personality", "ALL_IN_ONE",
                    "labels", Map.of("rack", "a1"),
                    "bmc", Map.of("address", "https://10.0.0.1/redfish/v1")))
            .post("/v1/hosts")
            .then()
            .statusCode(201)
            .body("state.administrative", is("LOCKED"))
            .body("state.availability", is("UNKNOWN"))
            .body("version", is(1))
            .extract();

    asViewer()
        .get(created.header("Location"))
        .then()
        .statusCode(200)
        .header("ETag", created.header("ETag"))
        .body("", equalTo(created.jsonPath().getMap("")));
  }

  @Test
  void everyChangeIsPublishedInOrderWithWhatChangedAndWhoDidIt() {
    UUID site = createSite();
    UUID host = createHost(site);
    patch(host, Map.of("labels", Map.of("rack", "b2"))).then().statusCode(200);
    delete(host).then().statusCode(204);

    List<Event> changes = Events.await(LOG, host, 3);

    assertThatEvents(changes).areCloudEvents().matchTheirSchemas().areGapFreePerKey();
    assertThat(changes)
        .extracting(e -> e.header(EventHeaders.TYPE).orElseThrow())
        .containsExactly(
            "dev.perch.inventory.host.created.v1",
            "dev.perch.inventory.host.changed.v1",
            "dev.perch.inventory.host.deleted.v1");
    var change = Objects.requireNonNull(changes.get(1).value());
    assertThat(change.at("/changed/0").textValue()).isEqualTo("/labels/rack");
    assertThat(change.at("/cause/actor").textValue()).isEqualTo("test-operator");
    assertThat(changes.get(1).header(EventHeaders.SITE)).contains(site.toString());
  }

  @Test
  void theStateTopicHoldsWhatTheApiShowsAndATombstoneAfterwards() {
    UUID host = createHost(createSite());
    String shown = asViewer().get("/v1/hosts/" + host).asString();

    List<Event> states = Events.await(STATE, host, 1);
    assertThat(states.getFirst().value()).hasToString(shown);

    delete(host).then().statusCode(204);
    Event last = Events.await(STATE, host, 2).getLast();
    assertThat(last.isTombstone()).isTrue();
    assertThat(last.header(EventHeaders.SEQUENCE)).contains("2");
  }

  @Test
  void aPatchThatChangesNothingMakesNoVersion() {
    UUID host = createHost(createSite());
    String before = etag(host);

    patch(host, Map.of("personality", "WORKER")).then().statusCode(200).header("ETag", before);

    asViewer().get("/v1/hosts/" + host + "/timeline").then().body("items", hasSize(1));
  }

  @Test
  void aNameIsTakenOncePerSite() {
    UUID site = createSite();
    String name = unique("host");
    createHost(site, name).then().statusCode(201);

    createHost(site, name)
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("violations.code", contains("name.taken"));
    createHost(createSite(), name).then().statusCode(201);
  }

  @Test
  void aHostNeedsASiteThatExists() {
    createHost(UUID.randomUUID(), "h-1")
        .then()
        .statusCode(400)
        .body("violations.code", contains("site.unknown"))
        .body("violations[0].field", is("/siteId"));
  }

  @Test
  void everythingThatIsWrongIsAnsweredAtOnce() {
    asOperator()
        .contentType(ContentType.JSON)
        .body(
            """
            {"name":"Not_A_Name","personality":"ROUTER","labels":{"rack":7},"colour":"red",
             "bmc":{"address":"https://root:calvin@10.0.0.1"},"state":{"administrative":"UNLOCKED"}}
            """)
        .post("/v1/hosts")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("type", is("urn:perch:problem:invalid-request"))
        .body("traceId", notNullValue())
        .body(
            "violations.field",
            hasItems(
                "/siteId",
                "/name",
                "/personality",
                "/labels/rack",
                "/colour",
                "/bmc/address",
                "/state"));
  }

  @Test
  void aPasswordInAnAddressIsNeverEchoed() {
    String answer =
        asOperator()
            .contentType(ContentType.JSON)
            .body(Map.of("bmc", Map.of("address", "https://root:calvin@10.0.0.1")))
            .post("/v1/hosts")
            .asString();

    assertThat(answer).contains("bmc.credentials").doesNotContain("calvin");
  }

  @Test
  void reservedWordsAreNoNames() {
    createHost(createSite(), "localhost")
        .then()
        .statusCode(400)
        .body("violations.code", contains("value.reserved"));
  }

  @Test
  void observedStateAndTheSiteCannotBePatched() {
    UUID host = createHost(createSite());

    patch(host, Map.of("state", Map.of("operational", "ENABLED"), "siteId", UUID.randomUUID()))
        .then()
        .statusCode(400)
        .body("violations.code", contains("field.read-only", "field.read-only"));
  }

  @Test
  void aChangeNeedsTheEtagThatWasRead() {
    UUID host = createHost(createSite());
    String stale = etag(host);
    patch(host, Map.of("labels", Map.of("a", "b"))).then().statusCode(200);
    String path = "/v1/hosts/" + host;

    asOperator()
        .contentType("application/merge-patch+json")
        .body("{}")
        .patch(path)
        .then()
        .statusCode(428);
    asOperator()
        .header("If-Match", stale)
        .contentType("application/merge-patch+json")
        .body("{}")
        .patch(path)
        .then()
        .statusCode(412);
    asOperator().header("If-Match", stale).delete(path).then().statusCode(412);
    asOperator().delete(path).then().statusCode(428);
  }

  @Test
  void aRepeatedPostWithOneKeyMakesOneHost() {
    UUID site = createSite();
    var request =
        asOperator()
            .header("Idempotency-Key", UUID.randomUUID())
            .contentType(ContentType.JSON)
            .body(Map.of("siteId", site, "name", unique("host"), "personality", "STORAGE"));

    var first = request.post("/v1/hosts").then().statusCode(201).extract();
    var again = request.post("/v1/hosts").then().statusCode(201).extract();

    assertThat(again.asString()).isEqualTo(first.asString());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    asViewer().queryParam("site", site).get("/v1/hosts").then().body("items", hasSize(1));
  }

  @Test
  void theTimelineTellsWhoChangedWhatAndWhyAndReadsAsOfAnInstant() {
    UUID host = createHost(createSite());
    String path = "/v1/hosts/" + host;
    Instant created = Instant.parse(asViewer().get(path).path("updatedAt"));
    asOperator()
        .header("If-Match", etag(host))
        .header("Perch-Reason", "moved to another rack")
        .contentType("application/merge-patch+json")
        .body(Map.of("labels", Map.of("rack", "z9")))
        .patch(path)
        .then()
        .statusCode(200);
    delete(host).then().statusCode(204);

    asViewer()
        .get(path + "/timeline")
        .then()
        .statusCode(200)
        .body("items.what", contains("deleted", "changed", "created"))
        .body("items[1].cause.reason", is("moved to another rack"))
        .body("items[1].cause.actor", is("test-operator"))
        .body("items[1].changed", contains("/labels/rack"))
        .body("items[1].after.labels.rack", is("z9"));
    asOf(path, created).then().statusCode(200).body("version", is(1));
    asOf(path, created.minusMillis(1)).then().statusCode(404);
    asOf(path, Instant.now()).then().statusCode(404);
  }

  private static Response asOf(String path, Instant at) {
    return asViewer().queryParam("asOf", at.toString()).get(path);
  }

  @Test
  void theTimelineIsPaged() {
    UUID host = createHost(createSite());
    for (int i = 0; i < 4; i++) {
      patch(host, Map.of("labels", Map.of("n", "v" + i))).then().statusCode(200);
    }
    String path = "/v1/hosts/" + host + "/timeline";

    var first = asViewer().queryParam("limit", 3).get(path);

    first.then().body("items.version", contains(5, 4, 3));
    first.then().body("items[2].changed", contains("/labels/n"));
    asViewer()
        .queryParam("limit", 3)
        .queryParam("cursor", first.<String>path("next"))
        .get(path)
        .then()
        .body("items.version", contains(2, 1))
        .body("next", is((String) null));
  }
}
