package dev.perch.inventory.site;

import static dev.perch.inventory.Api.as;
import static dev.perch.inventory.Api.asOperator;
import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static dev.perch.inventory.Api.delete;
import static dev.perch.inventory.Api.unique;
import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.perch.contract.Catalogue;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class SiteTest {

  @Test
  void aSiteIsChangedByMergePatchAndPublished() {
    UUID site = createSite();
    String path = "/v1/sites/" + site;
    String etag = asViewer().get(path).header("ETag");

    asOperator()
        .header("If-Match", etag)
        .contentType("application/merge-patch+json")
        .body(Map.of("description", "Under the bridge", "labels", Map.of("region", "north")))
        .patch(path)
        .then()
        .statusCode(200)
        .body("description", is("Under the bridge"))
        .body("version", is(2));

    asViewer().get(path + "/timeline").then().body("items.what", contains("changed", "created"));
    assertThatEvents(Events.await(Catalogue.SITES.log().name(), site, 2))
        .areCloudEvents()
        .matchTheirSchemas()
        .areGapFreePerKey();
  }

  @Test
  void aSiteWithHostsIsKept() {
    UUID site = createSite();
    UUID host = createHost(site);
    String path = "/v1/sites/" + site;
    String etag = asViewer().get(path).header("ETag");

    asOperator()
        .header("If-Match", etag)
        .delete(path)
        .then()
        .statusCode(409)
        .body("violations.code", contains("site.not-empty"));
    delete(host).then().statusCode(204);
    asOperator().header("If-Match", etag).delete(path).then().statusCode(204);
    asViewer().get(path).then().statusCode(404);
  }

  @Test
  void aNameIsTakenOnce() {
    var request = asOperator().contentType(ContentType.JSON).body(Map.of("name", unique("site")));

    request.post("/v1/sites").then().statusCode(201);
    request
        .post("/v1/sites")
        .then()
        .statusCode(409)
        .body("violations.code", contains("name.taken"));
  }

  @Test
  void whoeverIsLimitedToASiteSeesAndTouchesNoOther() {
    UUID own = createSite();
    UUID other = createSite();
    UUID foreign = createHost(other);
    var limited = Tokens.operator().atSites(own);

    as(limited).get("/v1/sites/" + own).then().statusCode(200);
    as(limited).get("/v1/sites/" + other).then().statusCode(403);
    as(limited).get("/v1/sites").then().body("items.id", contains(own.toString()));
    as(limited).get("/v1/hosts/" + foreign).then().statusCode(403);
    as(limited).get("/v1/hosts/" + foreign + "/timeline").then().statusCode(403);
    as(limited).queryParam("site", other).get("/v1/hosts").then().body("items.size()", is(0));
    as(limited)
        .contentType(ContentType.JSON)
        .body(Map.of("siteId", other, "name", "h", "personality", "WORKER"))
        .post("/v1/hosts")
        .then()
        .statusCode(403);
    as(limited)
        .contentType(ContentType.JSON)
        .body(Map.of("name", unique("site")))
        .post("/v1/sites")
        .then()
        .statusCode(403);
  }

  @Test
  void aViewerChangesNothing() {
    as(Tokens.viewer())
        .contentType(ContentType.JSON)
        .body(Map.of("name", unique("site")))
        .post("/v1/sites")
        .then()
        .statusCode(403);
  }
}
