package dev.perch.certmon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.peers.Kubernetes;
import dev.perch.kit.peers.KubernetesApi;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretPublisherTest {
  private final Kubernetes kubernetes = Kubernetes.shared();
  private final KubernetesApi others = kubernetes.api();
  private final UUID certificate = UUID.randomUUID();
  private final SecretTarget target = SecretTarget.of(kubernetes.namespace("certmon"), "web");
  private final String path = Clusters.path(target);
  private final SecretPublisher publisher = new SecretPublisher(Clusters.of(kubernetes));

  @AfterEach
  void close() {
    publisher.close();
  }

  @Test
  void aCertificateBecomesASecretOfTypeTls() {
    Material material = Materials.revision(certificate, 7);

    Outcome.Published published = published(publisher.publish(target, material));

    JsonNode secret = others.get(path);
    assertThat(secret.path("type").asText()).isEqualTo("kubernetes.io/tls");
    assertThat(Pem.certificates(Clusters.data(secret, "tls.crt"))).isEqualTo(material.chain());
    assertThat(Pem.certificates(Clusters.data(secret, "ca.crt"))).isEqualTo(material.authorities());
    assertThat(Pem.key(Clusters.data(secret, "tls.key")).getEncoded()).isEqualTo(material.pkcs8());
    JsonNode metadata = secret.path("metadata");
    assertThat(metadata.path("labels").path("perch.dev/certificate").asText())
        .isEqualTo(certificate.toString());
    assertThat(metadata.path("annotations").path("perch.dev/revision").asText()).isEqualTo("7");
    assertThat(metadata.path("annotations").path("perch.dev/certificate-sha256").asText())
        .isEqualTo(Fingerprint.of(material.leaf()));
    assertThat(published.resourceVersion()).isEqualTo(metadata.path("resourceVersion").asText());
    assertThat(published.written()).isTrue();
    assertThat(published.repaired()).isEmpty();
  }

  @Test
  void whatIsThereAlreadyIsReadAndNotWritten() {
    Material material = Materials.revision(certificate, 1);
    Outcome.Published first = published(publisher.publish(target, material));

    Outcome.Published second = published(publisher.publish(target, material));

    assertThat(second)
        .isEqualTo(
            new Outcome.Published(first.fingerprint(), first.resourceVersion(), false, List.of()));
  }

  @Test
  void aNewRevisionTakesThePlaceOfTheOldOne() {
    published(publisher.publish(target, Materials.revision(certificate, 1)));
    Material material = Materials.revision(certificate, 2);

    Outcome.Published published = published(publisher.publish(target, material));

    assertThat(published.repaired()).isEmpty();
    assertThat(Pem.certificates(Clusters.data(others.get(path), "tls.crt")))
        .isEqualTo(material.chain());
    assertThat(publisher.inspect(target.name(), published.fingerprint()))
        .isEqualTo(new Inspection.Intact(published.resourceVersion()));
  }

  @Test
  void aChangeByHandIsDriftAndIsTakenBackWithTheSameRevision() {
    Material material = Materials.revision(certificate, 1);
    Fingerprint fingerprint = published(publisher.publish(target, material)).fingerprint();
    others.merge(path, "kubectl-edit", Clusters.data("tls.crt", "rubbish"));

    Inspection inspection = publisher.inspect(target.name(), fingerprint);
    Outcome.Published repaired = published(publisher.publish(target, material));

    assertThat(inspection)
        .asInstanceOf(type(Inspection.Drifted.class))
        .satisfies(
            drifted -> {
              assertThat(drifted.parts()).containsExactly("data.tls.crt");
              assertThat(drifted.managers()).containsExactly("kubectl-edit");
            });
    assertThat(repaired.repaired()).containsExactly("data.tls.crt");
    assertThat(repaired.fingerprint()).isEqualTo(fingerprint);
    assertThat(Pem.certificates(Clusters.data(others.get(path), "tls.crt")))
        .isEqualTo(material.chain());
  }

  @Test
  void aPartThatSomebodyRemovedComesBack() {
    Material material = Materials.revision(certificate, 1);
    published(publisher.publish(target, material));
    others.merge(path, "kubectl-edit", Map.of("data", nulled("ca.crt")));

    Outcome.Published repaired = published(publisher.publish(target, material));

    assertThat(repaired.repaired()).containsExactly("data.ca.crt");
    assertThat(Clusters.data(others.get(path), "ca.crt")).contains("BEGIN CERTIFICATE");
  }

  @Test
  void whatOthersAddedIsTheirs() {
    Material material = Materials.revision(certificate, 1);
    published(publisher.publish(target, material));
    others.merge(path, "kubectl-edit", Clusters.data("note", "of somebody else"));

    Outcome.Published again = published(publisher.publish(target, material));

    assertThat(again.written()).isFalse();
    assertThat(Clusters.data(others.get(path), "note")).isEqualTo("of somebody else");
  }

  @Test
  void aSecretThatIsDeletedIsPublishedAgain() {
    Material material = Materials.revision(certificate, 1);
    Outcome.Published first = published(publisher.publish(target, material));
    others.delete(path);

    Inspection inspection = publisher.inspect(target.name(), first.fingerprint());
    Outcome.Published second = published(publisher.publish(target, material));

    assertThat(inspection).isEqualTo(new Inspection.Missing());
    assertThat(second.written()).isTrue();
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
  }

  @Test
  void whatAnotherProgramDeclaresIsContestedAndNotWritten() {
    Material material = Materials.revision(certificate, 1);
    published(publisher.publish(target, material));
    JsonNode theirs =
        others.apply(
            path,
            "argocd-controller",
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "data",
                Map.of("tls.crt", Clusters.base64("theirs"))));

    Outcome outcome = publisher.publish(target, material);

    assertThat(outcome)
        .asInstanceOf(type(Outcome.Contested.class))
        .satisfies(
            contested -> {
              assertThat(contested.parts()).containsExactly("data.tls.crt");
              assertThat(contested.owners()).containsExactly("argocd-controller");
            });
    assertThat(others.get(path)).isEqualTo(theirs);
  }

  @Test
  void aSecretThatWasNeverOursIsLeftAlone() {
    JsonNode theirs =
        others.create(
            Clusters.path(target).replaceAll("/web$", ""),
            Map.of(
                "metadata",
                Map.of("name", "web"),
                "type",
                "kubernetes.io/tls",
                "data",
                Map.of(
                    "tls.crt", Clusters.base64("theirs"), "tls.key", Clusters.base64("theirs"))));

    Outcome outcome = publisher.publish(target, Materials.revision(certificate, 1));

    assertThat(outcome)
        .asInstanceOf(type(Outcome.Contested.class))
        .satisfies(
            contested ->
                assertThat(contested.parts()).containsExactly("data.tls.crt", "data.tls.key"));
    assertThat(others.get(path)).isEqualTo(theirs);
  }

  @Test
  void aSecretThatHoldsAnotherCertificateOfOursIsLeftAlone() {
    UUID other = UUID.randomUUID();
    Material first = Materials.revision(other, 1);
    Fingerprint fingerprint = published(publisher.publish(target, first)).fingerprint();

    Outcome outcome = publisher.publish(target, Materials.revision(certificate, 1));

    assertThat(outcome)
        .asInstanceOf(type(Outcome.Contested.class))
        .satisfies(contested -> assertThat(contested.detail()).contains(other.toString()));
    assertThat(publisher.inspect(target.name(), fingerprint)).isInstanceOf(Inspection.Intact.class);
  }

  @Test
  void manyWhoPublishTheSameAtOnceAllSucceed() throws Exception {
    Material material = Materials.revision(certificate, 1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Outcome>> calls =
          IntStream.range(0, 8)
              .<Callable<Outcome>>mapToObj(i -> () -> publisher.publish(target, material))
              .toList();

      List<Future<Outcome>> outcomes = threads.invokeAll(calls);

      for (Future<Outcome> outcome : outcomes) {
        assertThat(outcome.get()).isInstanceOf(Outcome.Published.class);
      }
    }
  }

  @Test
  void aMissingNamespaceIsNamed() {
    Outcome outcome =
        publisher.publish(
            SecretTarget.of("nowhere-at-all", "web"), Materials.revision(certificate, 1));

    assertThat(failure(outcome))
        .isInstanceOf(Failure.NamespaceMissing.class)
        .extracting(Failure::detail)
        .asString()
        .contains("nowhere-at-all");
  }

  @Test
  void anImmutableSecretMustBeDeletedByAPerson() {
    published(publisher.publish(target, Materials.revision(certificate, 1)));
    others.merge(path, "kubectl-edit", Map.of("immutable", true));
    Material renewed = Materials.revision(certificate, 2);

    Outcome refused = publisher.publish(target, renewed);
    others.delete(path);
    Outcome afterwards = publisher.publish(target, renewed);

    assertThat(failure(refused))
        .isInstanceOf(Failure.Refused.class)
        .extracting(Failure::detail)
        .asString()
        .contains("immutable");
    assertThat(afterwards).isInstanceOf(Outcome.Published.class);
  }

  @Test
  void aSecretOfAnotherTypeMustBeDeletedByAPerson() {
    others.create(
        Clusters.path(target).replaceAll("/web$", ""), Map.of("metadata", Map.of("name", "web")));

    Outcome outcome = publisher.publish(target, Materials.revision(certificate, 1));

    assertThat(failure(outcome))
        .isInstanceOf(Failure.Refused.class)
        .extracting(Failure::detail)
        .asString()
        .contains("Opaque");
  }

  @Test
  void aSecretThatFinalizersKeepIsWaitedFor() {
    Material material = Materials.revision(certificate, 1);
    published(publisher.publish(target, material));
    others.merge(
        path, "kubectl-edit", Map.of("metadata", Map.of("finalizers", List.of("example/keep"))));
    others.delete(path);

    Outcome meanwhile = publisher.publish(target, material);
    others.merge(path, "kubectl-edit", Map.of("metadata", Map.of("finalizers", List.of())));
    Outcome afterwards = publisher.publish(target, material);

    assertThat(failure(meanwhile))
        .isInstanceOf(Failure.Terminating.class)
        .extracting(Failure::detail)
        .asString()
        .contains("example/keep");
    assertThat(afterwards).isInstanceOf(Outcome.Published.class);
  }

  @Test
  void onlyWhatIsOursIsWithdrawn() {
    published(publisher.publish(target, Materials.revision(certificate, 1)));

    assertThat(publisher.withdraw(target.name(), UUID.randomUUID())).isEmpty();
    boolean stayed = others.find(path).isPresent();
    assertThat(publisher.withdraw(target.name(), certificate)).isEmpty();

    assertThat(stayed).isTrue();
    assertThat(others.find(path)).isEmpty();
    assertThat(publisher.withdraw(target.name(), certificate)).isEmpty();
  }

  @Test
  void noSecretIsInWhatMayBeLogged() {
    Material material = Materials.revision(certificate, 1);
    String key = new String(Pem.encode(material.pkcs8()), StandardCharsets.US_ASCII);
    String line = key.lines().skip(1).findFirst().orElseThrow();
    String encoded = Clusters.base64(key).substring(40, 80);

    String said =
        String.join(
            "\n",
            material.toString(),
            publisher.publish(target, material).toString(),
            new Intent(target.name(), material, Map.of()).toString(),
            new ExistingSecret(others.get(path)).toString(),
            new Credential.Token("0123456789").toString(),
            Clusters.of(kubernetes).toString());

    assertThat(said)
        .contains(certificate.toString())
        .doesNotContain(line, encoded, "0123456789", "PRIVATE KEY");
  }

  private static Outcome.Published published(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Published.class);
    return (Outcome.Published) outcome;
  }

  private static Failure failure(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).failure();
  }

  private static Map<String, Object> nulled(String key) {
    Map<String, Object> patch = new HashMap<>();
    patch.put(key, null);
    return patch;
  }
}
