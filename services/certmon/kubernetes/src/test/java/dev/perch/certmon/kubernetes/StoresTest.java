package dev.perch.certmon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.peers.Kubernetes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoresTest {
  private final Kubernetes kubernetes = Kubernetes.shared();
  private final String namespace = kubernetes.namespace("stores");
  private final SecretName name = new SecretName(namespace, "web");
  private final SecretTarget generated =
      new SecretTarget(name, new SecretTarget.Stores(new SecretTarget.Password.Made()));
  private final SecretTarget named =
      new SecretTarget(
          name,
          new SecretTarget.Stores(new SecretTarget.Password.Elsewhere("passwords", "stores")));
  private final Material material = Materials.revision(UUID.randomUUID(), 1);
  private final SecretPublisher publisher = new SecretPublisher(Clusters.of(kubernetes));

  @AfterEach
  void close() {
    publisher.close();
  }

  @Test
  void theStoresOpenWithThePasswordThatWasMade() throws Exception {
    published(publisher.publish(generated, material));

    JsonNode secret = kubernetes.api().get(Clusters.path(generated));
    String password = Clusters.data(secret, "keystore.password");
    assertThat(password).hasSize(32);
    KeyStore keystore = open(secret, "keystore.p12", password);
    assertThat(keystore.getCertificateChain("certificate"))
        .containsExactlyElementsOf(material.chain());
    assertThat(keystore.getKey("certificate", password.toCharArray())).isEqualTo(material.key());
    assertThat(open(secret, "truststore.p12", password).getCertificate("authority-0"))
        .isEqualTo(material.authorities().getFirst());
  }

  @Test
  void storesThatAreRightAreNotMadeAnew() {
    Outcome.Published first = published(publisher.publish(generated, material));

    Outcome.Published second = published(publisher.publish(generated, material));

    assertThat(second.written()).isFalse();
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
  }

  @Test
  void aNewPasswordMakesNewStores() throws Exception {
    password("first");
    published(publisher.publish(named, material));
    kubernetes
        .api()
        .merge(secrets() + "/passwords", "kubectl-edit", Clusters.data("stores", "second"));

    Outcome.Published again = published(publisher.publish(named, material));

    JsonNode secret = kubernetes.api().get(Clusters.path(named));
    assertThat(again.written()).isTrue();
    assertThat(open(secret, "keystore.p12", "second").size()).isEqualTo(1);
    assertThat(secret.path("data").has("keystore.password")).isFalse();
  }

  @Test
  void aPasswordThatTheReadersKnowIsInNoSecret() throws Exception {
    SecretTarget known =
        new SecretTarget(
            name, new SecretTarget.Stores(new SecretTarget.Password.Known("correct horse")));
    published(publisher.publish(generated, material));

    Outcome.Published first = published(publisher.publish(known, material));
    Outcome.Published again = published(publisher.publish(known, material));

    JsonNode secret = kubernetes.api().get(Clusters.path(known));
    assertThat(open(secret, "keystore.p12", "correct horse").size()).isEqualTo(1);
    assertThat(secret.path("data").has("keystore.password")).isFalse();
    assertThat(first.written()).isTrue();
    assertThat(again.written()).isFalse();
    assertThat(known.toString()).doesNotContain("horse");
  }

  @Test
  void storesThatAreNotWantedAnyMoreAreRemoved() {
    published(publisher.publish(generated, material));

    published(publisher.publish(new SecretTarget(name, null), material));

    assertThat(kubernetes.api().get(Clusters.path(generated)).path("data").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("tls.crt", "tls.key", "ca.crt");
  }

  @Test
  void aPasswordThatIsNotThereIsNamed() {
    Outcome outcome = publisher.publish(named, material);

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Failed(
                new Failure.PasswordMissing(
                    "there is no key stores in Secret " + namespace + "/passwords")));
  }

  private void password(String password) {
    kubernetes
        .api()
        .create(
            secrets(),
            Map.of(
                "metadata",
                Map.of("name", "passwords"),
                "data",
                Map.of("stores", Clusters.base64(password))));
  }

  private String secrets() {
    return "/api/v1/namespaces/" + namespace + "/secrets";
  }

  private static KeyStore open(JsonNode secret, String key, String password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    byte[] bytes = Base64.getDecoder().decode(secret.path("data").path(key).asText());
    store.load(new ByteArrayInputStream(bytes), password.toCharArray());
    return store;
  }

  private static Outcome.Published published(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Published.class);
    return (Outcome.Published) outcome;
  }
}
