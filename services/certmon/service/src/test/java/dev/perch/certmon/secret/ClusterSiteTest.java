package dev.perch.certmon.secret;

import static dev.perch.certmon.Api.as;
import static dev.perch.certmon.Api.ca;
import static dev.perch.certmon.Api.create;
import static dev.perch.certmon.Api.read;
import static dev.perch.certmon.Api.wanted;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.perch.certmon.SealKeys;
import dev.perch.certmon.secret.ClusterSide.Known;
import dev.perch.kit.peers.Kubernetes;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Token;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Clusters that belong to a site. */
@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class ClusterSiteTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ClusterSide side = ClusterSide.in(Kubernetes.shared());
  private final UUID site = UUID.randomUUID();

  @Test
  void certificatesOfASiteArePublishedToItsClustersAndToNoOthers() {
    UUID issuer = ca();
    Known own = side.knownAt(site);
    List<Map<String, Object>> foreign =
        List.of(
            side.target(side.known(), "web"), side.target(side.knownAt(UUID.randomUUID()), "web"));

    create(issuer, Map.of("siteId", site, "targets", foreign))
        .then()
        .statusCode(409)
        .body("violations.code", contains("cluster.other-site", "cluster.other-site"));
    UUID id = wanted(issuer, Map.of("siteId", site, "targets", List.of(side.target(own, "web"))));

    await()
        .atMost(PATIENCE)
        .until(() -> read(id).getString("publications[0].state"), "VERIFIED"::equals);
  }

  @Test
  void whoIsLimitedToASiteSeesAndChangesNoClustersOfOthers() {
    Known own = side.knownAt(site);
    Known other = side.knownAt(UUID.randomUUID());
    Known ofNone = side.known();
    Token limited = Tokens.admin().atSites(site);

    as(limited)
        .get("/v1/clusters?limit=1000")
        .then()
        .body("items.id", hasItem(own.id().toString()))
        .body("items.id", hasItem(ofNone.id().toString()))
        .body("items.id", not(hasItem(other.id().toString())));
    as(limited).get("/v1/clusters/" + other.id()).then().statusCode(403);
    as(limited).get("/v1/clusters/" + other.id() + "/timeline").then().statusCode(403);
    for (Known foreign : List.of(other, ofNone)) {
      as(limited).get("/v1/clusters/" + foreign.id() + "/check").then().statusCode(403);
      describe(limited, foreign).then().statusCode(403);
      as(limited)
          .header("If-Match", ClusterSide.read(foreign.id()).header("ETag"))
          .delete("/v1/clusters/" + foreign.id())
          .then()
          .statusCode(403);
    }
    as(limited)
        .contentType(ContentType.JSON)
        .body(side.described("mine"))
        .post("/v1/clusters")
        .then()
        .statusCode(403);
    as(limited).get("/v1/clusters/" + own.id() + "/check").then().body("ok", is(true));
    describe(limited, own).then().statusCode(200).body("siteId", is(site.toString()));
  }

  @Test
  void itsSiteStays() {
    Known cluster = side.knownAt(site);

    patch(Tokens.admin(), cluster, Map.of("siteId", UUID.randomUUID()))
        .then()
        .statusCode(400)
        .body("violations.field", contains("/siteId"));
  }

  private static Response describe(Token token, Known cluster) {
    return patch(token, cluster, Map.of("description", "The harbour's"));
  }

  private static Response patch(Token token, Known cluster, Map<String, ?> patch) {
    return as(token)
        .header("If-Match", ClusterSide.read(cluster.id()).header("ETag"))
        .contentType("application/merge-patch+json")
        .body(patch)
        .patch("/v1/clusters/" + cluster.id());
  }
}
