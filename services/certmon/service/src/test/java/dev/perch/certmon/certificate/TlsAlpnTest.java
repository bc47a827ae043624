package dev.perch.certmon.certificate;

import static dev.perch.certmon.Api.asOperator;
import static dev.perch.certmon.Api.asViewer;
import static dev.perch.certmon.Api.awaitRevision;
import static dev.perch.certmon.Api.createIssuer;
import static dev.perch.certmon.Api.unique;
import static dev.perch.certmon.Api.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import dev.perch.certmon.SealKeys;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.issue.SubjectName;
import dev.perch.kit.peers.ChallTestServer;
import dev.perch.kit.peers.Pebble;
import dev.perch.kit.peers.PebbleSettings;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that are proven by a certificate on a port of this service. */
@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class TlsAlpnTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  @Inject ChallengeListener listener;

  @Test
  void namesAndAddressesAreProvenByAHandshake() throws Exception {
    try (ChallTestServer dns = new ChallTestServer(Files.createDirectory(folder.resolve("dns")));
        Pebble pebble =
            new Pebble(
                Files.createDirectory(folder.resolve("pebble")),
                PebbleSettings.answeredAt(1, listener.port()).resolvingAt(dns.dns()))) {
      dns.start();
      pebble.start();
      UUID issuer = ready(pebble);
      String name = unique("alpn") + ".edge.example";

      UUID id = wanted(issuer, Map.of("names", List.of("dns:" + name, "ip:127.0.0.1")));

      awaitRevision(id, 1);
      Chain chain = Chain.fromPem(asViewer().get("/v1/certificates/" + id + "/chain").asString());
      assertThat(chain.names())
          .containsExactlyInAnyOrder(SubjectName.dns(name), SubjectName.ip("127.0.0.1"));
      asOperator().get("/v1/issuers/" + issuer + "/check").then().body("ok", is(true));
    }
  }

  @Test
  void aNameWithoutAChallengeIsAnsweredWithNothing() {
    assertThatThrownBy(this::shakeHands)
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("Received fatal alert");
  }

  private void shakeHands() throws Exception {
    try (SSLSocket socket =
        (SSLSocket)
            SSLContext.getDefault()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), listener.port())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName("nobody.edge.example")));
      parameters.setApplicationProtocols(new String[] {"acme-tls/1"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
    }
  }

  private static UUID ready(Pebble pebble) {
    UUID id =
        UUID.fromString(
            createIssuer(
                    Map.of(
                        "name",
                        unique("remote"),
                        "kind",
                        "ACME",
                        "acme",
                        Map.of(
                            "directory", pebble.directory().toString(),
                            "termsAgreed", true,
                            "anchors", pem(pebble.root()),
                            "tlsAnchors", pem(pebble.tlsAnchor()),
                            "solvers", Map.of("tlsAlpn01", true))))
                .then()
                .statusCode(201)
                .body("acme.solvers.tlsAlpn01", is(true))
                .extract()
                .path("id"));
    await()
        .atMost(PATIENCE)
        .until(() -> "READY".equals(asViewer().get("/v1/issuers/" + id).path("state")));
    return id;
  }

  private static String pem(X509Certificate certificate) {
    return new Chain(List.of(certificate)).toPem();
  }
}
