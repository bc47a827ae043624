package dev.perch.certmon.certificate;

import static dev.perch.certmon.Api.act;
import static dev.perch.certmon.Api.as;
import static dev.perch.certmon.Api.asOperator;
import static dev.perch.certmon.Api.asViewer;
import static dev.perch.certmon.Api.awaitRevision;
import static dev.perch.certmon.Api.createIssuer;
import static dev.perch.certmon.Api.etag;
import static dev.perch.certmon.Api.patch;
import static dev.perch.certmon.Api.read;
import static dev.perch.certmon.Api.unique;
import static dev.perch.certmon.Api.wanted;
import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.perch.certmon.SealKeys;
import dev.perch.certmon.issue.Chain;
import dev.perch.contract.Catalogue;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.peers.Cfssl;
import dev.perch.kit.peers.ChallTestServer;
import dev.perch.kit.peers.Pebble;
import dev.perch.kit.peers.PebbleSettings;
import dev.perch.kit.peers.StepCa;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issuers elsewhere, over HTTP, with those issuers. */
@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class RemoteIssuerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String MAC = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA";

  private static final URI NOWHERE = URI.create("http://127.0.0.1:1/");

  @TempDir Path folder;
  @Inject Database database;

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

      patchIssuer(issuer, Map.of("credentials", Map.of("apiKey", Cfssl.KEY)));
      assertThat(asViewer().get("/v1/issuers/" + issuer).<Integer>path("version")).isEqualTo(2);
      act(id, "renew", Map.of()).then().statusCode(202);

      awaitRevision(id, 1);
    }
  }

  @Test
  void anAcmeServerOfOtherPeopleIssuesToo() throws Exception {
    try (ChallTestServer dns = new ChallTestServer(Files.createDirectory(folder.resolve("dns")));
        StepCa stepCa =
            new StepCa(
                Files.createDirectory(folder.resolve("step")), RestAssured.port, 1, dns.dns())) {
      dns.start();
      stepCa.start();
      UUID issuer =
          ready(
              Map.of(
                  "kind",
                  "ACME",
                  "acme",
                  Map.of(
                      "directory", stepCa.directory().toString(),
                      "anchors", pem(stepCa.root()),
                      "tlsAnchors", pem(stepCa.tlsAnchor()),
                      "solvers", Map.of("http01", true))));

      UUID id = wanted(issuer, Map.of("life", "P1D"));

      awaitRevision(id, 1);
      asViewer()
          .get("/v1/certificates/" + id + "/explain")
          .then()
          .body("plan.suggested", nullValue());
    }
  }

  @Test
  void anIssuerThatIsAwayRaisesAnAlarmAndWhatWaitsForItGoesOnByItself() {
    try (Cfssl cfssl = new Cfssl(folder)) {
      cfssl.start();
      UUID issuer = ready(csrApi(cfssl.root(), NOWHERE, cfssl.revoking()));
      List<UUID> all =
          Stream.generate(() -> wanted(issuer, Map.of("life", "P1D"))).limit(6).toList();

      await().atMost(PATIENCE).until(() -> isActive("issuer-away", "issuers/" + issuer));

      asOperator()
          .get("/v1/issuers/" + issuer + "/check")
          .then()
          .body("ok", is(false))
          .body("findings.code", hasItems("unreachable", "away"))
          .body("rate.orders", is(10))
          .body("pace.probeAt", notNullValue());
      asViewer()
          .get("/v1/certificates/" + all.getFirst() + "/explain")
          .then()
          .body("why", is("WAITING"))
          .body("waiting.reason", is("ISSUER_AWAY"));

      patchIssuer(issuer, Map.of("csrApi", Map.of("signing", cfssl.signing().toString())));

      all.forEach(id -> awaitRevision(id, 1));
      await().atMost(PATIENCE).until(() -> !isActive("issuer-away", "issuers/" + issuer));
    }
  }

  @Test
  void whatIsOrderedTooOftenWaitsUnlessSomebodyAnswersForIt() throws SQLException {
    try (Cfssl cfssl = new Cfssl(folder)) {
      cfssl.start();
      UUID id = wanted(ready(csrApi(cfssl, Cfssl.KEY)), Map.of("life", "P1D"));
      awaitRevision(id, 1);
      ordered(id, 25);

      act(id, "renew", Map.of())
          .then()
          .statusCode(409)
          .body("violations.code", contains("certificate.budget"));
      patch(id, Map.of("names", List.of("dns:other.edge.example"))).then().statusCode(200);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  asViewer()
                      .get("/v1/certificates/" + id + "/explain")
                      .then()
                      .body("why", is("WAITING"))
                      .body("waiting.reason", is("BUDGET"))
                      .body("issuance.step", is("REQUESTED")));

      act(id, "renew", Map.of("overBudget", true)).then().statusCode(202);

      awaitRevision(id, 2);
      asViewer()
          .get("/v1/certificates/" + id + "/budget")
          .then()
          .body("budget.ordered", is(22))
          .body("usedUpUntil", notNullValue())
          .body("overrides", hasSize(1))
          .body("overrides[0].at", notNullValue())
          .body("overrides[0].actor", is(not(emptyString())))
          .body("overrides[0].until", notNullValue())
          .body("overrides[0].revision", is(2));
    }
  }

  @Test
  void anIssuerIsNotRemovedBeforeItWasToldWhatIsRevoked() {
    try (Cfssl cfssl = new Cfssl(folder)) {
      cfssl.start();
      UUID issuer = ready(csrApi(cfssl.root(), cfssl.signing(), NOWHERE));
      UUID id = wanted(issuer, Map.of("life", "P1D"));
      awaitRevision(id, 1);
      var serial = chain(id).serial();
      asOperator()
          .header("If-Match", etag(id))
          .delete("/v1/certificates/" + id)
          .then()
          .statusCode(204);

      removeIssuer(issuer)
          .then()
          .statusCode(409)
          .body("violations.code", contains("issuer.untold-revocations"));

      patchIssuer(issuer, Map.of("csrApi", Map.of("revoking", cfssl.revoking().toString())));
      await().atMost(PATIENCE).until(() -> removeIssuer(issuer).statusCode() == 204);
      assertThat(cfssl.revoked()).contains(serial);
    }
  }

  @Test
  void anIssuerThatIsGoneForGoodIsRemovedByForceAndWhatItWasNotToldIsSaid() {
    try (Cfssl cfssl = new Cfssl(folder)) {
      cfssl.start();
      UUID issuer = ready(csrApi(cfssl.root(), cfssl.signing(), NOWHERE));
      UUID id = wanted(issuer, Map.of("life", "P1D"));
      awaitRevision(id, 1);
      String serial = chain(id).serial().toString(16);
      removeIssuer(issuer, "?force=true")
          .then()
          .statusCode(409)
          .body("violations.code", contains("issuer.in-use"));
      asOperator()
          .header("If-Match", etag(id))
          .delete("/v1/certificates/" + id)
          .then()
          .statusCode(204);

      removeIssuer(issuer, "?force=true")
          .then()
          .statusCode(200)
          .body("count", is(1))
          .body("revocations.certificateId", contains(id.toString()))
          .body("revocations.serial", contains(serial));

      asViewer().get("/v1/issuers/" + issuer).then().statusCode(404);
      asViewer()
          .get("/v1/issuers/" + issuer + "/timeline")
          .then()
          .body("items[0].cause.operation", is("issuer.abandon"))
          .body("items[1].after.failure.code", is("untold-revocations"));
      assertThatEvents(Events.ofKey(Catalogue.ISSUERS.log().name(), issuer))
          .areCloudEvents()
          .matchTheirSchemas()
          .areGapFreePerKey();
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
    return csrApi(cfssl.root(), cfssl.signing(), cfssl.revoking(), key);
  }

  private static Map<String, Object> csrApi(X509Certificate root, URI signing, URI revoking) {
    return csrApi(root, signing, revoking, Cfssl.KEY);
  }

  private static Map<String, Object> csrApi(
      X509Certificate root, URI signing, URI revoking, String key) {
    return Map.of(
        "kind",
        "CSR_API",
        "csrApi",
        Map.of(
            "signing", signing.toString(),
            "revoking", revoking.toString(),
            "label", Cfssl.LABEL,
            "chain", pem(root)),
        "credentials",
        Map.of("apiKey", key));
  }

  private static void patchIssuer(UUID issuer, Map<String, ?> patch) {
    as(Tokens.admin())
        .header("If-Match", asViewer().get("/v1/issuers/" + issuer).header("ETag"))
        .contentType("application/merge-patch+json")
        .body(patch)
        .patch("/v1/issuers/" + issuer)
        .then()
        .statusCode(200);
  }

  private static Response removeIssuer(UUID issuer) {
    return removeIssuer(issuer, "");
  }

  private static Response removeIssuer(UUID issuer, String how) {
    return as(Tokens.admin())
        .header("If-Match", asViewer().get("/v1/issuers/" + issuer).header("ETag"))
        .delete("/v1/issuers/" + issuer + how);
  }

  private static boolean isActive(String alarm, String entity) {
    var answer = asViewer().get("/v1/alarms/certmon/" + alarm + "/" + entity);
    return answer.statusCode() == 200 && answer.path("clearedAt") == null;
  }

  /** As if it had been ordered so often today. */
  private void ordered(UUID id, int times) throws SQLException {
    var _ =
        query(
            "with made as (insert into issue_order (certificate_id)"
                + " select ?::uuid from generate_series(1, "
                + times
                + ") returning 1) select count(*) from made",
            id);
  }

  private int query(String sql, UUID id) throws SQLException {
    return database.each(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, id);
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return row.getInt(1);
            }
          }
        });
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
