package dev.perch.inventory.group;

import static dev.perch.inventory.Api.as;
import static dev.perch.inventory.Api.asOperator;
import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static dev.perch.inventory.Api.patch;
import static dev.perch.inventory.Api.unique;
import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.perch.contract.Catalogue;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class GroupTest {
  private final String name = unique("group");

  private Response post(String selector) {
    return asOperator()
        .contentType(ContentType.JSON)
        .body(Map.of("name", name, "selector", selector))
        .post("/v1/groups");
  }

  private UUID create(String selector) {
    return UUID.fromString(post(selector).then().statusCode(201).extract().path("id"));
  }

  private Response hosts() {
    return asViewer().get("/v1/hosts?group=" + name);
  }

  private static String nameOf(UUID site) {
    return asViewer().get("/v1/sites/" + site).path("name");
  }

  private static UUID hostWith(UUID site, Map<String, String> labels) {
    UUID host = createHost(site);
    patch(host, Map.of("labels", labels)).then().statusCode(200);
    return host;
  }

  @Test
  void aGroupHasTheHostsThatItsSelectorSelectsWheneverItIsAsked() {
    UUID pier = createSite();
    UUID lock = createSite();
    UUID first = hostWith(pier, Map.of("zone", "a"));
    UUID second = hostWith(lock, Map.of("zone", "b"));
    UUID spare = hostWith(pier, Map.of("zone", "a", "spare", "yes"));
    hostWith(createSite(), Map.of("zone", "a"));
    create("site in (" + nameOf(pier) + "," + nameOf(lock) + "),zone in (a,b),!spare");

    hosts()
        .then()
        .statusCode(200)
        .body("items.id", containsInAnyOrder(first.toString(), second.toString()));

    patch(first, Map.of("labels", Map.of("zone", "c"))).then().statusCode(200);
    patch(spare, Map.of("labels", noLonger("spare"))).then().statusCode(200);

    hosts().then().body("items.id", containsInAnyOrder(spare.toString(), second.toString()));
  }

  /** A merge patch of labels that takes one away. */
  private static Map<String, @Nullable Object> noLonger(String label) {
    return Collections.singletonMap(label, null);
  }

  @Test
  void aSiteThatIsCalledAnotherNameIsNotTheSiteOfThatSelectorAnyMore() {
    UUID site = createSite();
    String was = nameOf(site);
    UUID host = createHost(site);
    create("site=" + was);
    hosts().then().body("items.id", contains(host.toString()));

    asOperator()
        .header("If-Match", asViewer().get("/v1/sites/" + site).header("ETag"))
        .contentType("application/merge-patch+json")
        .body(Map.of("name", unique("renamed")))
        .patch("/v1/sites/" + site)
        .then()
        .statusCode(200);

    hosts().then().body("items", empty());
  }

  @Test
  void itIsFilteredFurtherAndPagedAsAnyList() {
    UUID site = createSite();
    for (int i = 0; i < 3; i++) {
      hostWith(site, Map.of("n", "" + i));
    }
    create("site=" + nameOf(site));

    String next = asViewer().get("/v1/hosts?limit=2&group=" + name).path("next");
    asViewer()
        .queryParam("cursor", next)
        .get("/v1/hosts?limit=2&group=" + name)
        .then()
        .statusCode(200)
        .body("items.size()", is(1));
    asViewer()
        .queryParam("labels", "n!=1")
        .get("/v1/hosts?group=" + name)
        .then()
        .body("items.size()", is(2));
  }

  @Test
  void anExportTakesAGroup() {
    UUID site = createSite();
    hostWith(site, Map.of("zone", "a"));
    hostWith(site, Map.of("zone", "b"));
    create("site=" + nameOf(site) + ",zone=b");

    asViewer()
        .accept("text/csv")
        .get("/v1/hosts/export?group=" + name)
        .then()
        .statusCode(200)
        .body(containsString("zone=b"), not(containsString("zone=a")));
  }

  @Test
  void whoeverIsLimitedToASiteSeesOfAGroupNoOtherHosts() {
    UUID own = createSite();
    UUID host = hostWith(own, Map.of("group", name));
    hostWith(createSite(), Map.of("group", name));
    UUID group = create("group=" + name);
    var limited = Tokens.operator().atSites(own);

    as(limited).get("/v1/hosts?group=" + name).then().body("items.id", contains(host.toString()));
    as(limited).get("/v1/groups/" + group).then().statusCode(200);
    as(limited)
        .header("If-Match", asViewer().get("/v1/groups/" + group).header("ETag"))
        .delete("/v1/groups/" + group)
        .then()
        .statusCode(403);
  }

  @Test
  void everyChangeIsAVersionAndAnEvent() {
    String path = "/v1/groups/" + create("zone=a");
    String id = path.substring("/v1/groups/".length());
    String etag = asViewer().get(path).header("ETag");
    asOperator()
        .header("If-Match", etag)
        .contentType("application/merge-patch+json")
        .body(Map.of("selector", "zone=b", "description", "For updates"))
        .patch(path)
        .then()
        .statusCode(200)
        .body("selector", is("zone=b"), "version", is(2));
    asOperator().header("If-Match", etag).delete(path).then().statusCode(412);
    asOperator()
        .header("If-Match", asViewer().get(path).header("ETag"))
        .delete(path)
        .then()
        .statusCode(204);

    asViewer()
        .get(path + "/timeline")
        .then()
        .body("items.what", contains("deleted", "changed", "created"));
    assertThatEvents(Events.await(Catalogue.GROUPS.log().name(), UUID.fromString(id), 3))
        .areCloudEvents()
        .matchTheirSchemas()
        .areGapFreePerKey();
    hosts().then().statusCode(400).body("violations.code", contains("group.unknown"));
  }

  @Test
  void aNameIsTakenOnce() {
    create("zone=a");

    post("zone=b").then().statusCode(409).body("violations.code", contains("name.taken"));
  }

  @Test
  void whatIsNoSelectorIsRefusedWithWhatItMayBe() {
    post("zone=a,,").then().statusCode(400).body("violations.code", contains("label.selector"));
    post("!site").then().statusCode(400).body("violations.code", contains("selector.site"));
    post("site").then().statusCode(400).body("violations.field", contains("/selector"));
    post("").then().statusCode(400).body("violations.code", contains("value.length"));
  }
}
