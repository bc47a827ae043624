package dev.perch.certmon.secret;

import static dev.perch.certmon.Api.act;
import static dev.perch.certmon.Api.as;
import static dev.perch.certmon.Api.asOperator;
import static dev.perch.certmon.Api.ca;
import static dev.perch.certmon.Api.read;
import static dev.perch.certmon.Api.unique;
import static dev.perch.certmon.Api.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.perch.certmon.SealKeys;
import dev.perch.certmon.secret.ClusterSide.Known;
import dev.perch.kit.peers.Kubernetes;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters that do not answer, or not to us. */
@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class ClusterAwayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ClusterSide side = ClusterSide.in(Kubernetes.shared());

  /** In a cluster of its own, because it is stopped. */
  @Test
  void whatWaitsForAClusterGoesOnWhenItIsBackAndOthersDoNotWait(@TempDir Path folder) {
    try (Kubernetes kubernetes = new Kubernetes(folder)) {
      kubernetes.start();
      ClusterSide stopped = ClusterSide.in(kubernetes);
      Known cluster = stopped.known();
      UUID id =
          wanted(
              ca(),
              Map.of(
                  "targets",
                  List.of(stopped.target(cluster, "web"), side.target(side.known(), "web"))));
      awaitStates(id, "VERIFIED 1", "VERIFIED 1");

      kubernetes.stopServer();
      act(id, "renew", Map.of()).then().statusCode(202);

      awaitStates(id, "DEGRADED 2", "VERIFIED 2");
      await().atMost(PATIENCE).until(() -> ClusterSide.state(cluster.id()), "UNREACHABLE"::equals);
      asOperator()
          .get("/v1/clusters/" + cluster.id() + "/check")
          .then()
          .body("ok", is(false))
          .body("findings.code", contains("unreachable"))
          .body("namespaces", contains(stopped.namespace()));
      kubernetes.startServer();
      awaitStates(id, "VERIFIED 2", "VERIFIED 2");
      assertThat(stopped.revision("web")).isEqualTo("2");
      assertThat(ClusterSide.state(cluster.id())).isEqualTo("READY");
    }
  }

  @Test
  void aClusterThatDoesNotKnowUsSaysSoAndANewCredentialMendsIt() {
    UUID id =
        UUID.fromString(
            ClusterSide.create(side.described(unique("cluster"), Map.of("token", "wrong")))
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    await().atMost(PATIENCE).until(() -> ClusterSide.state(id), "REFUSED"::equals);
    ClusterSide.read(id).then().body("failure.code", is("unauthorised"));

    as(Tokens.admin())
        .header("If-Match", ClusterSide.read(id).header("ETag"))
        .contentType("application/merge-patch+json")
        .body(
            Map.of(
                "credentials",
                Map.of("token", Kubernetes.shared().token(side.namespace(), "certmon"))))
        .patch("/v1/clusters/" + id)
        .then()
        .statusCode(200);

    await().atMost(PATIENCE).until(() -> ClusterSide.state(id), "READY"::equals);
    asOperator()
        .queryParam("namespace", side.namespace())
        .get("/v1/clusters/" + id + "/check")
        .then()
        .body("findings.code", contains("forbidden"));
  }

  @Test
  void aClusterIsCheckedBeforeItIsKnownAndCredentialsHaveToFit() {
    as(Tokens.admin())
        .contentType(ContentType.JSON)
        .body(side.described("new"))
        .queryParam("namespace", side.namespace())
        .post("/v1/clusters/check")
        .then()
        .statusCode(200)
        .body("ok", is(true));

    ClusterSide.create(
            side.described(
                "new", Map.of("token", "t", "clientKey", Kubernetes.shared().admin().keyPem())))
        .then()
        .statusCode(400)
        .body("violations.code", contains("credentials.kind"));
  }

  private static void awaitStates(UUID id, String... states) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                read(id).getList("publications", Map.class).stream()
                    .map(one -> one.get("state") + " " + one.get("revision"))
                    .toList(),
            List.of(states)::equals);
  }
}
