package dev.perch.certmon.certificate;

import static dev.perch.certmon.Api.act;
import static dev.perch.certmon.Api.as;
import static dev.perch.certmon.Api.asOperator;
import static dev.perch.certmon.Api.asViewer;
import static dev.perch.certmon.Api.awaitRevision;
import static dev.perch.certmon.Api.createIssuer;
import static dev.perch.certmon.Api.etag;
import static dev.perch.certmon.Api.read;
import static dev.perch.certmon.Api.unique;
import static dev.perch.certmon.Api.wanted;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import dev.perch.certmon.SealKeys;
import dev.perch.certmon.issue.Chain;
import dev.perch.kit.peers.Cfssl;
import dev.perch.kit.peers.ChallTestServer;
import dev.perch.kit.peers.Pebble;
import dev.perch.kit.peers.PebbleSettings;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issuers elsewhere, over HTTP, with those issuers. */
@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class RemoteIssuerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MAC = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA";

  @TempDir Path folder;

  @Test
  void anAcmeServerAsksThisServiceForTheProofIssuesAndIsToldWhatIsRevoked() throws Exception {
    try (ChallTestServer dns = new ChallTestServer(Files.createDirectory(folder.resolve("dns")));
        Pebble pebble = pebble(dns)) {
      dns.start();
      pebble.start();
      UUID issuer = ready(acme(pebble));

      UUID id = wanted(issuer, Map.of());

      awaitRevision(id, 1);
      assertThat(chain(id).certificates().getLast().getIssuerX500Principal())
          .isEqualTo(pebble.root().getSubjectX500Principal());
      asOperator()
          .get("/v1/issuers/" + issuer + "/check")
          .then()
          .body("ok", is(true))
          .body("findings", empty());
      assertThat(asViewer().get("/v1/issuers/" + issuer).asString()).doesNotContain(MAC);

      var serial = chain(id).serial();
      act(id, "revoke", Map.of("reason", "KEY_COMPROMISE")).then().statusCode(200);

      await().atMost(PATIENCE).until(() -> pebble.statusOf(serial).equals("Revoked"));
    }
  }

  @Test
  void aCsrApiSignsAndIsToldWhatWasDeleted() {
    try (Cfssl cfssl = new Cfssl(folder)) {
      cfssl.start();
      UUID issuer = ready(csrApi(cfssl, Cfssl.KEY));

      UUID id = wanted(issuer, Map.of("life", "P1D"));

      awaitRevision(id, 1);
      assertThat(chain(id).leaf().getIssuerX500Principal())
          .isEqualTo(cfssl.root().getSubjectX500Principal());
      assertThat(asViewer().get("/v1/issuers/" + issuer).asString()).doesNotContain(Cfssl.KEY);
      var serial = chain(id).serial();

      asOperator()
          .header("If-Match", etag(id))
          .delete("/v1/certificates/" + id)
          .then()
          .statusCode(204);

      await().atMost(PATIENCE).until(() -> cfssl.revoked().contains(serial));
    }
  }

  @Test
  void aKeyThatWasWrongIsReplacedWithoutANewIssuer() {
    try (Cfssl cfssl = new Cfssl(folder)) {
      cfssl.start();
      UUID issuer = ready(csrApi(cfssl, "00".repeat(16)));
      UUID id = wanted(issuer, Map.of("life", "P1D"));
      await().atMost(PATIENCE).until(() -> "unauthorized".equals(read(id).get("failure.code")));

      as(Tokens.admin())
          .header("If-Match", asViewer().get("/v1/issuers/" + issuer).header("ETag"))
          .contentType("application/merge-patch+json")
          .body(Map.of("credentials", Map.of("apiKey", Cfssl.KEY)))
          .patch("/v1/issuers/" + issuer)
          .then()
          .statusCode(200)
          .body("version", is(2));
      act(id, "renew", Map.of()).then().statusCode(202);

      awaitRevision(id, 1);
    }
  }

  @Test
  void aTokenThatNoServerMadeHasNoAnswer() {
    given().get("/.well-known/acme-challenge/abc").then().statusCode(404);
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceAndNoSecretIsRepeated() {
    var answer =
        createIssuer(
            Map.of(
                "name",
                unique("acme"),
                "kind",
                "ACME",
                "acme",
                Map.of(
                    "directory",
                    "http://acme.example/directory",
                    "anchors",
                    "no certificate",
                    "contacts",
                    List.of("ops@edge.example"),
                    "solvers",
                    Map.of("dnsUpdate", Map.of("zone", "edge.example", "server", "ns.example"))),
                "credentials",
                Map.of("apiKey", "hunter2")));

    answer
        .then()
        .statusCode(400)
        .body(
            "violations.field",
            hasItems(
                "/acme/directory",
                "/acme/anchors",
                "/acme/contacts/0",
                "/acme/solvers/dnsUpdate/server",
                "/acme/solvers/dnsUpdate/keyName",
                "/credentials/apiKey"));
    assertThat(answer.asString()).doesNotContain("hunter2");
  }

  /** It looks for answers where this service listens, and binds its accounts to others. */
  private Pebble pebble(ChallTestServer dns) throws IOException {
    return new Pebble(
        Files.createDirectory(folder.resolve("pebble")),
        PebbleSettings.answeredAt(RestAssured.port, 1)
            .resolvingAt(dns.dns())
            .bindingAccountsTo(Map.of("kid-1", MAC)));
  }

  private static Map<String, Object> acme(Pebble pebble) {
    return Map.of(
        "kind",
        "ACME",
        "acme",
        Map.of(
            "directory", pebble.directory().toString(),
            "termsAgreed", true,
            "contacts", List.of("mailto:ops@edge.example"),
            "externalKeyId", "kid-1",
            "anchors", pem(pebble.root()),
            "tlsAnchors", pem(pebble.tlsAnchor()),
            "solvers", Map.of("http01", true)),
        "credentials",
        Map.of("externalMac", MAC));
  }

  private static Map<String, Object> csrApi(Cfssl cfssl, String key) {
    return Map.of(
        "kind",
        "CSR_API",
        "csrApi",
        Map.of(
            "signing", cfssl.signing().toString(),
            "revoking", cfssl.revoking().toString(),
            "label", Cfssl.LABEL,
            "chain", pem(cfssl.root())),
        "credentials",
        Map.of("apiKey", key));
  }

  private static UUID ready(Map<String, Object> body) {
    Map<String, Object> named = new HashMap<>(body);
    named.put("name", unique("remote"));
    UUID id = UUID.fromString(createIssuer(named).then().statusCode(201).extract().path("id"));
    await()
        .atMost(PATIENCE)
        .until(() -> "READY".equals(asViewer().get("/v1/issuers/" + id).path("state")));
    return id;
  }

  private static Chain chain(UUID id) {
    return Chain.fromPem(asViewer().get("/v1/certificates/" + id + "/chain").asString());
  }

  private static String pem(X509Certificate certificate) {
    return new Chain(List.of(certificate)).toPem();
  }
}
