package dev.perch.certmon.secret;

import static dev.perch.certmon.Api.asViewer;
import static dev.perch.certmon.Api.ca;
import static dev.perch.certmon.Api.create;
import static dev.perch.certmon.Api.patch;
import static dev.perch.certmon.Api.read;
import static dev.perch.certmon.Api.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.SealKeys;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.secret.ClusterSide.Known;
import dev.perch.contract.Catalogue;
import dev.perch.kit.peers.Kubernetes;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PKCS #12 in Secrets, as Java and OpenSSL read it. */
@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class SecretStoresTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PASSWORD = "correct horse 7f3a";

  private final ClusterSide side = ClusterSide.in(Kubernetes.shared());
  @TempDir Path folder;

  @Test
  void storesOpenWithThePasswordThatNobodyIsShown() throws Exception {
    UUID id = published(Map.of(), Map.of("pkcs12Password", PASSWORD));

    KeyStore keystore = open("keystore.p12", PASSWORD);
    Chain chain = chain(id);
    assertThat(keystore.getCertificateChain("certificate"))
        .isEqualTo(chain.certificates().toArray(X509Certificate[]::new));
    assertThat(keystore.getKey("certificate", PASSWORD.toCharArray()).getEncoded()).isNotEmpty();
    assertThat(open("truststore.p12", PASSWORD).isCertificateEntry("authority-0")).isTrue();
    assertThat(openssl("keystore.p12", "-info", "-noout"))
        .contains("MAC: sha256", "PBES2, PBKDF2, AES-256-CBC", "PRF hmacWithSHA256")
        .doesNotContain("RC2", "3DES");
    assertThat(openssl("keystore.p12", "-nokeys", "-clcerts")).contains("BEGIN CERTIFICATE");
    assertThat(secret().path("data").has("keystore.password")).isFalse();
    assertThat(
            read(id).prettify()
                + asViewer().get("/v1/certificates/" + id + "/timeline").asString()
                + Events.ofKey(Catalogue.CERTIFICATES.log().name(), id))
        .doesNotContain(PASSWORD);
  }

  @Test
  void storesAreMadeAnewForAnotherPasswordAndForNothingElse() throws Exception {
    UUID id = published(Map.of(), Map.of("pkcs12Password", PASSWORD));
    String before = secret().at("/data/keystore.p12").asText();

    side.spoil("web");
    await().atMost(PATIENCE).until(() -> side.data("web", "tls.crt"), chain(id).toPem()::equals);
    assertThat(secret().at("/data/keystore.p12").asText()).isEqualTo(before);

    patch(id, Map.of("credentials", Map.of("pkcs12Password", "battery staple")))
        .then()
        .statusCode(200);

    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> open("keystore.p12", "battery staple").size() == 1);
    asViewer()
        .get("/v1/certificates/" + id + "/timeline")
        .then()
        .body("items.cause.operation.findAll { it == 'certificate.credentials' }.size()", is(1));
  }

  @Test
  void thePasswordMayBeInAnotherSecretAndIsAskedForUntilItIsThere() throws Exception {
    UUID id =
        wanted(
            ca(),
            body(Map.of("passwordFrom", Map.of("secret", "stores", "key", "password")), Map.of()));
    await()
        .atMost(PATIENCE)
        .until(
            () -> String.valueOf(read(id).getString("publications[0].message")),
            message -> message.contains("no key password in Secret"));
    var _ =
        Kubernetes.shared()
            .api()
            .create(
                "/api/v1/namespaces/" + side.namespace() + "/secrets",
                Map.of(
                    "metadata",
                    Map.of("name", "stores"),
                    "data",
                    Map.of("password", ClusterSide.base64("from elsewhere"))));

    patch(id, Map.of("labels", Map.of("tier", "1"))).then().statusCode(200);

    awaitVerified(id);
    assertThat(open("keystore.p12", "from elsewhere").size()).isEqualTo(1);
  }

  @Test
  void aPasswordForNoStoresIsRefusedAndNotRepeated() {
    var answer =
        create(
            ca(),
            Map.of(
                "targets",
                List.of(side.target(side.known(), "web")),
                "credentials",
                Map.of("pkcs12Password", PASSWORD)));

    answer.then().statusCode(400).body("violations.code", contains("credential.unused"));
    assertThat(answer.asString()).doesNotContain(PASSWORD);
  }

  private UUID published(Map<String, ?> pkcs12, Map<String, ?> credentials) {
    UUID id = wanted(ca(), body(pkcs12, credentials));
    awaitVerified(id);
    return id;
  }

  private Map<String, Object> body(Map<String, ?> pkcs12, Map<String, ?> credentials) {
    Known cluster = side.known();
    Map<String, Object> secret = new HashMap<>();
    secret.put("cluster", cluster.name());
    secret.put("namespace", side.namespace());
    secret.put("name", "web");
    secret.put("pkcs12", pkcs12);
    Map<String, Object> body = new HashMap<>();
    body.put("targets", List.of(Map.of("secret", secret)));
    if (!credentials.isEmpty()) {
      body.put("credentials", credentials);
    }
    return body;
  }

  private static void awaitVerified(UUID id) {
    await()
        .atMost(PATIENCE)
        .until(() -> "VERIFIED".equals(read(id).getString("publications[0].state")));
  }

  private JsonNode secret() {
    return side.find("web").orElseThrow();
  }

  private byte[] data(String key) throws IOException {
    return secret().path("data").path(key).binaryValue();
  }

  private KeyStore open(String key, String password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(data(key)), password.toCharArray());
    return store;
  }

  private String openssl(String key, String... options) throws Exception {
    Path file = folder.resolve(key);
    Files.write(file, data(key));
    ProcessBuilder openssl =
        new ProcessBuilder("openssl", "pkcs12", "-in", file.toString(), "-passin", "env:PASSWORD");
    openssl.command().addAll(List.of(options));
    openssl.environment().put("PASSWORD", PASSWORD);
    Process process = openssl.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static Chain chain(UUID id) {
    return Chain.fromPem(asViewer().get("/v1/certificates/" + id + "/chain").asString());
  }
}
