package dev.perch.certmon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.peers.Kubernetes;
import dev.perch.kit.peers.KubernetesApi;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What the cluster of the tests has of a real one. It is tested here because it is built while the
 * modules before this one are tested.
 */
class ControlPlaneTest {
  private final Kubernetes kubernetes = Kubernetes.shared();
  private final KubernetesApi api = kubernetes.api();
  private final String namespace = kubernetes.namespace("plane");
  private final String configMaps = "/api/v1/namespaces/" + namespace + "/configmaps";

  @Test
  void saysWhichVersionItIs() {
    assertThat(api.get("/version").path("gitVersion").asText()).startsWith("v1.37.");
  }

  @Test
  void theControllersMakeADefaultServiceAccountAndCollectOrphans() {
    await()
        .until(
            () ->
                api.find("/api/v1/namespaces/" + namespace + "/serviceaccounts/default")
                    .isPresent());
    JsonNode owner = api.create(configMaps, Map.of("metadata", Map.of("name", "owner")));
    Map<String, Object> reference =
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "ConfigMap",
            "name",
            "owner",
            "uid",
            owner.at("/metadata/uid").asText());
    api.create(
        configMaps,
        Map.of("metadata", Map.of("name", "owned", "ownerReferences", List.of(reference))));

    api.delete(configMaps + "/owner");

    await().until(() -> api.find(configMaps + "/owned").isEmpty());
  }

  @Test
  void whoHasNoRoleMayDoNothing() {
    try (KubernetesApi nobody = kubernetes.api(kubernetes.user("nobody"))) {
      assertThatThrownBy(() -> nobody.get(configMaps))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("403");
    }
  }

  @Test
  void aKubeconfigHoldsAllThatAClientNeeds() {
    assertThat(kubernetes.kubeconfig(kubernetes.admin()))
        .contains(kubernetes.server().toString(), "client-key-data", "current-context");
  }
}
