package dev.perch.certmon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.peers.Kubernetes;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretWatchTest {
  private final Kubernetes kubernetes = Kubernetes.shared();
  private final Cluster cluster = Clusters.of(kubernetes);
  private final String namespace = kubernetes.namespace("watch");
  private final SecretTarget target = SecretTarget.of(namespace, "web");
  private final String path = Clusters.path(target);
  private final Material material = Materials.revision(UUID.randomUUID(), 1);
  private final SecretPublisher publisher = new SecretPublisher(cluster);
  private final Heard heard = new Heard();

  @AfterEach
  void close() {
    publisher.close();
  }

  @Test
  void whatIsThereIsListedAndWhatComesIsTold() {
    String first = publish(target);
    SecretTarget other = SecretTarget.of(namespace, "other");
    try (SecretWatch watch = started()) {
      await().until(() -> heard.lists() == 1);
      assertThat(heard.versions()).containsExactly(Map.entry(target.name(), first));

      String second = publish(other);

      await().until(() -> second.equals(heard.versions().get(other.name())));
    }
  }

  @Test
  void aChangeByHandAndADeletionAreTold() {
    publish(target);
    try (SecretWatch watch = started()) {
      await().until(() -> heard.lists() == 1);

      String changed =
          kubernetes
              .api()
              .merge(path, "kubectl-edit", Clusters.data("tls.crt", "rubbish"))
              .at("/metadata/resourceVersion")
              .asText();
      await().until(() -> changed.equals(heard.versions().get(target.name())));
      kubernetes.api().delete(path);

      await().until(() -> heard.versions().isEmpty());
    }
  }

  @Test
  void aSecretThatLosesItsLabelIsAsGoodAsGone() {
    publish(target);
    Map<String, Object> labels = new HashMap<>();
    labels.put("perch.dev/certificate", null);
    try (SecretWatch watch = started()) {
      await().until(() -> !heard.versions().isEmpty());

      kubernetes.api().merge(path, "kubectl-edit", Map.of("metadata", Map.of("labels", labels)));

      await().until(() -> heard.versions().isEmpty());
      String repaired = publish(target);
      await().until(() -> repaired.equals(heard.versions().get(target.name())));
    }
  }

  @Test
  void theSecretsOfOthersAreNotSeen() {
    kubernetes
        .api()
        .create(
            "/api/v1/namespaces/" + namespace + "/secrets",
            Map.of("metadata", Map.of("name", "theirs")));
    try (SecretWatch watch = started()) {
      publish(target);

      await().until(() -> heard.versions().containsKey(target.name()));
      assertThat(heard.versions()).hasSize(1);
    }
  }

  @Test
  void aListOfSeveralPagesIsOneList() {
    int count = 501;
    String secrets = "/api/v1/namespaces/" + namespace + "/secrets";
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i ->
                kubernetes
                    .api()
                    .create(
                        secrets,
                        Map.of(
                            "metadata",
                            Map.of(
                                "name",
                                "web-" + i,
                                "labels",
                                Map.of("perch.dev/certificate", UUID.randomUUID().toString())))));

    try (SecretWatch watch = started()) {
      await().until(() -> heard.lists() == 1);
      assertThat(heard.versions()).hasSize(count);
    }
  }

  @Test
  void whoMayNotWatchIsToldSo() {
    Cluster stranger = Clusters.of(kubernetes, kubernetes.user("stranger"));
    try (SecretWatch watch = new SecretWatch(stranger, namespace, heard)) {
      watch.start();

      await().until(() -> !heard.interruptions.isEmpty());
      assertThat(heard.interruptions.getFirst()).isInstanceOf(Failure.Forbidden.class);
    }
  }

  private SecretWatch started() {
    SecretWatch watch = new SecretWatch(cluster, namespace, heard);
    watch.start();
    return watch;
  }

  private String publish(SecretTarget where) {
    Outcome outcome = publisher.publish(where, material);
    assertThat(outcome).isInstanceOf(Outcome.Published.class);
    return ((Outcome.Published) outcome).resourceVersion();
  }
}
