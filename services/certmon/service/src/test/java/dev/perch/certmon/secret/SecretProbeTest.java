package dev.perch.certmon.secret;

import static dev.perch.certmon.Api.act;
import static dev.perch.certmon.Api.ca;
import static dev.perch.certmon.Api.create;
import static dev.perch.certmon.Api.read;
import static dev.perch.certmon.Api.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;

import dev.perch.certmon.SealKeys;
import dev.perch.certmon.secret.ClusterSide.Known;
import dev.perch.kit.peers.Kubernetes;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where a probe is named, what is really served there is the proof. */
@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class SecretProbeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ClusterSide side = ClusterSide.in(Kubernetes.shared());

  @Test
  void itIsVerifiedWhenItIsWhatTheServerShowsAndNotWhenItIsOnlyInTheSecret() throws Exception {
    Known cluster = side.known();
    try (TlsServer server = new TlsServer()) {
      UUID id = wanted(ca(), Map.of("targets", List.of(target(cluster, server.address()))));
      awaitState(id, "PUBLISHED 1");
      server.show(side.data("web", "tls.crt"), side.data("web", "tls.key"));
      awaitState(id, "VERIFIED 1");

      act(id, "renew", Map.of()).then().statusCode(202);

      awaitState(id, "PUBLISHED 2");
      assertThat(read(id).getString("publications[0].message"))
          .contains("serves another certificate");
      server.show(side.data("web", "tls.crt"), side.data("web", "tls.key"));
      awaitState(id, "VERIFIED 2");
    }
  }

  @Test
  void anAddressThatLeadsToMetadataIsRefusedWithWhatToDo() {
    create(ca(), Map.of("targets", List.of(target(side.known(), "169.254.169.254:80"))))
        .then()
        .statusCode(400)
        .body("violations.code", contains("probe.network"))
        .body("violations.field", contains("/targets/0/secret/probe/address"))
        .body("violations[0].remedy", containsString("perch.certmon.probe-networks"));
  }

  private Map<String, Object> target(Known cluster, String address) {
    return Map.of(
        "secret",
        Map.of(
            "cluster",
            cluster.name(),
            "namespace",
            side.namespace(),
            "name",
            "web",
            "probe",
            Map.of("address", address, "serverName", "web.edge.example")));
  }

  private static void awaitState(UUID id, String state) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                read(id).getString("publications[0].state")
                    + " "
                    + read(id).getString("publications[0].revision"),
            state::equals);
  }
}
