package dev.perch.certmon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.peers.Kubernetes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of its own, because it is stopped. */
class OutageTest {
  @TempDir Path folder;

  private Kubernetes kubernetes;

  @BeforeEach
  void start() {
    kubernetes = new Kubernetes(folder);
    kubernetes.start();
  }

  @AfterEach
  void stop() {
    kubernetes.close();
  }

  @Test
  void publishingAndWatchingGoOnWhenTheApiServerIsBack() {
    SecretTarget kept = SecretTarget.of(kubernetes.namespace("outage"), "kept");
    SecretTarget lost = SecretTarget.of(kept.name().namespace(), "lost");
    Material material = Materials.revision(UUID.randomUUID(), 1);
    Heard heard = new Heard();
    try (SecretPublisher publisher = publisher(Duration.ofSeconds(10));
        SecretWatch watch =
            new SecretWatch(Clusters.of(kubernetes), kept.name().namespace(), heard)) {
      watch.start();
      publisher.publish(kept, material);
      publisher.publish(lost, material);
      await().until(() -> heard.versions().size() == 2);

      kubernetes.stopServer();
      Outcome meanwhile = publisher.publish(kept, material);
      await().until(() -> !heard.interruptions.isEmpty());
      kubernetes.startServer();
      kubernetes.api().delete(Clusters.path(lost));
      Outcome afterwards = publisher.publish(kept, material);

      assertThat(meanwhile)
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.failure()).isInstanceOf(Failure.Unreachable.class));
      assertThat(afterwards).isInstanceOf(Outcome.Published.class);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(heard.versions()).containsOnlyKeys(kept.name()));
    }
  }

  @Test
  void whatTheClusterHasForgottenIsListed() {
    SecretTarget target = SecretTarget.of(kubernetes.namespace("outage"), "web");
    Heard heard = new Heard();
    try (SecretPublisher publisher = publisher(Duration.ofSeconds(10))) {
      publisher.publish(target, Materials.revision(UUID.randomUUID(), 1));
    }
    // It remembers nothing from before its start.
    kubernetes.stopServer();
    kubernetes.startServer();
    try (SecretWatch watch =
        new SecretWatch(Clusters.of(kubernetes), target.name().namespace(), heard, "1")) {
      watch.start();

      await().until(() -> heard.lists() == 1);
      assertThat(heard.versions()).containsOnlyKeys(target.name());
      assertThat(heard.interruptions).isEmpty();
    }
  }

  @Test
  void anApiServerThatDoesNotAnswerIsGivenUp() {
    SecretTarget target = SecretTarget.of(kubernetes.namespace("outage"), "web");
    Material material = Materials.revision(UUID.randomUUID(), 1);
    try (SecretPublisher publisher = publisher(Duration.ofSeconds(1))) {
      kubernetes.freezeServer();

      Outcome frozen = publisher.publish(target, material);
      kubernetes.thawServer();

      assertThat(frozen)
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.failure()).isInstanceOf(Failure.Unreachable.class));
      await()
          .untilAsserted(
              () ->
                  assertThat(publisher.publish(target, material))
                      .isInstanceOf(Outcome.Published.class));
    }
  }

  private SecretPublisher publisher(Duration timeout) {
    Credential credential =
        new Credential.ClientCertificate(
            kubernetes.admin().certificatePem(), kubernetes.admin().keyPem());
    return new SecretPublisher(Clusters.of(kubernetes, credential, timeout));
  }
}
