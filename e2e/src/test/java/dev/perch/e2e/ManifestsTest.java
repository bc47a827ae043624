package dev.perch.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code deploy/k8s} asks of a cluster, by the types of the Kubernetes API. */
class ManifestsTest {
  private static final Path K8S = Checkout.ROOT.resolve("deploy/k8s");

  /** Refuses a field that the API does not know; a cluster would drop it. */
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              })
          .build();

  private static final Map<String, Class<? extends HasMetadata>> TYPES =
      Map.of(
          "service-account.yaml", ServiceAccount.class,
          "deployment.yaml", Deployment.class,
          "service.yaml", Service.class,
          "link-service.yaml", Service.class,
          "disruption-budget.yaml", PodDisruptionBudget.class,
          "network-policy.yaml", NetworkPolicy.class);

  /** Only inventory has a link to agents. */
  private static Set<String> files(String service) {
    Set<String> files = new HashSet<>(TYPES.keySet());
    if (!service.equals("inventory")) {
      files.remove("link-service.yaml");
    }
    return files;
  }

  @ParameterizedTest
  @ValueSource(strings = {"inventory", "certmon"})
  void theBaseListsItsFilesAndEachIsWhatTheApiKnows(String service) throws IOException {
    JsonNode kustomization =
        YAML.readTree(K8S.resolve(service).resolve("base/kustomization.yaml").toFile());

    assertThat(texts(kustomization.path("resources")))
        .containsExactlyInAnyOrderElementsOf(files(service));
    for (String file : files(service)) {
      HasMetadata resource = base(service, file);
      assertThat(resource.getKind()).as(file).isEqualTo(resource.getClass().getSimpleName());
      assertThat(resource.getMetadata().getName()).as(file).startsWith(service);
    }
  }

  /** An empty selector would mean every pod of the namespace. */
  @ParameterizedTest
  @ValueSource(strings = {"inventory", "certmon"})
  void everythingIsAboutTheServicesPodsAndNoOthers(String service) throws IOException {
    var deployment = (Deployment) base(service, "deployment.yaml");
    Map<String, String> pods = deployment.getSpec().getTemplate().getMetadata().getLabels();

    assertThat(pods).isNotEmpty();
    assertThat(deployment.getSpec().getSelector().getMatchLabels()).isEqualTo(pods);
    for (String file : files(service)) {
      if (base(service, file) instanceof Service open) {
        assertThat(open.getSpec().getSelector()).as(file).isEqualTo(pods);
      }
    }
    assertThat(
            ((PodDisruptionBudget) base(service, "disruption-budget.yaml"))
                .getSpec()
                .getSelector()
                .getMatchLabels())
        .isEqualTo(pods);
    assertThat(
            ((NetworkPolicy) base(service, "network-policy.yaml"))
                .getSpec()
                .getPodSelector()
                .getMatchLabels())
        .isEqualTo(pods);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inventory", "certmon"})
  void thePodMeetsTheRestrictedStandard(String service) throws IOException {
    PodSpec pod = pod(service);
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(pod.getVolumes())
        .allMatch(
            v -> v.getEmptyDir() != null || v.getSecret() != null || v.getConfigMap() != null);
    Container container = container(service);
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inventory", "certmon"})
  void aRollingUpdateOrADrainedNodeLeavesAReplicaThatServes(String service) throws IOException {
    var deployment = (Deployment) base(service, "deployment.yaml");
    assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
    assertThat(deployment.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable())
        .isEqualTo(new IntOrString(0));
    assertThat(
            ((PodDisruptionBudget) base(service, "disruption-budget.yaml"))
                .getSpec()
                .getMaxUnavailable())
        .isEqualTo(new IntOrString(1));
    assertThat(pod(service).getTerminationGracePeriodSeconds()).isGreaterThan(10);
    assertThat(
            Stream.of(
                container(service).getStartupProbe(),
                container(service).getReadinessProbe(),
                container(service).getLivenessProbe()))
        .extracting(Probe::getHttpGet)
        .extracting(get -> get.getPath() + " " + get.getPort().getStrVal())
        .containsExactly(
            "/q/health/started management",
            "/q/health/ready management",
            "/q/health/live management");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inventory", "certmon"})
  void everySecretAndConfigMapIsInTheReadme(String service) throws IOException {
    Set<String> named = new HashSet<>();
    container(service)
        .getEnvFrom()
        .forEach(from -> named.add("ConfigMap `" + from.getConfigMapRef().getName()));
    for (EnvVar variable : container(service).getEnv()) {
      if (variable.getValueFrom() != null) {
        named.add("Secret `" + variable.getValueFrom().getSecretKeyRef().getName());
      }
    }
    for (Volume volume : pod(service).getVolumes()) {
      if (volume.getSecret() != null) {
        named.add("Secret `" + volume.getSecret().getSecretName());
      }
      if (volume.getConfigMap() != null) {
        named.add("ConfigMap `" + volume.getConfigMap().getName());
      }
    }
    assertThat(named).hasSize(6);
    assertThat(Files.readString(K8S.resolve("README.md"))).contains(List.copyOf(named));
  }

  @ParameterizedTest
  @CsvSource({
    "inventory, base",
    "inventory, monitoring",
    "inventory, example",
    "certmon, base",
    "certmon, monitoring",
    "certmon, example"
  })
  void whatAKustomizationRefersToIsThere(String service, String folder) throws IOException {
    Path here = K8S.resolve(service).resolve(folder);
    JsonNode kustomization = YAML.readTree(here.resolve("kustomization.yaml").toFile());
    List<String> paths = new ArrayList<>(texts(kustomization.path("resources")));
    paths.addAll(texts(kustomization.path("components")));
    kustomization.path("configMapGenerator").forEach(map -> paths.addAll(texts(map.path("envs"))));

    assertThat(paths).isNotEmpty().allSatisfy(path -> assertThat(here.resolve(path)).exists());
  }

  private static HasMetadata base(String service, String file) throws IOException {
    Path path = K8S.resolve(service).resolve("base").resolve(file);
    return YAML.readValue(path.toFile(), TYPES.get(file));
  }

  private static PodSpec pod(String service) throws IOException {
    return ((Deployment) base(service, "deployment.yaml")).getSpec().getTemplate().getSpec();
  }

  private static Container container(String service) throws IOException {
    return pod(service).getContainers().getFirst();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
