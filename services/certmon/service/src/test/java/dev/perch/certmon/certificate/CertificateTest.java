package dev.perch.certmon.certificate;

import static dev.perch.certmon.Api.act;
import static dev.perch.certmon.Api.as;
import static dev.perch.certmon.Api.asOperator;
import static dev.perch.certmon.Api.asViewer;
import static dev.perch.certmon.Api.awaitRevision;
import static dev.perch.certmon.Api.ca;
import static dev.perch.certmon.Api.create;
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
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.perch.certmon.SealKeys;
import dev.perch.contract.Catalogue;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidator;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class CertificateTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void aCertificateIsIssuedByACaSoThatOthersTrustItAndIsPublished() throws Exception {
    UUID issuer = ca();

    UUID id = wanted(issuer, Map.of("usages", List.of("SERVER", "CLIENT")));

    var ready = awaitRevision(id, 1);
    assertThat(ready.getString("state")).isEqualTo("READY");
    Instant renewAt = Instant.parse(ready.getString("renewAt"));
    assertThat(renewAt)
        .isBetween(
            Instant.now().plus(Duration.ofDays(56)), Instant.now().plus(Duration.ofDays(60)));
    X509Certificate leaf = chain(id);
    assertThat(leaf.getExtendedKeyUsage()).hasSize(2);
    assertThat(leaf.getSerialNumber().bitLength()).isGreaterThan(64);
    assertThatOthersTrust(leaf, authority(issuer), false);
    assertThatEvents(Events.await(Catalogue.CERTIFICATES.log().name(), id, 2))
        .areCloudEvents()
        .matchTheirSchemas()
        .areGapFreePerKey();
    assertThatEvents(Events.await(Catalogue.ISSUERS.log().name(), issuer, 2))
        .areCloudEvents()
        .matchTheirSchemas()
        .areGapFreePerKey();
    asViewer()
        .get("/v1/certificates/" + id + "/timeline")
        .then()
        .body("items.what", contains("changed", "created"))
        .body("items[0].cause.operation", is("certificate.issue"));
  }

  @Test
  void nothingThatIsPublishedOrReadIsAPrivateKey() {
    UUID issuer = ca();
    UUID id = wanted(issuer, Map.of());
    awaitRevision(id, 1);

    for (String path : List.of("", "/revisions", "/chain", "/timeline", "/explain")) {
      assertThat(asViewer().get("/v1/certificates/" + id + path).asString())
          .doesNotContain("PRIVATE")
          .doesNotContain("sealed")
          .doesNotContain("keyId");
    }
    assertThat(Events.await(Catalogue.CERTIFICATES.log().name(), id, 2).toString())
        .doesNotContain("PRIVATE");
  }

  @Test
  void aSelfSignedCertificateIsItsOwnIssuer() throws Exception {
    UUID issuer =
        UUID.fromString(
            createIssuer(Map.of("name", unique("self"), "kind", "SELF_SIGNED"))
                .then()
                .statusCode(201)
                .extract()
                .path("id"));

    UUID id = wanted(issuer, Map.of("commonName", "lonely", "names", List.of("dns:lonely")));

    awaitRevision(id, 1);
    X509Certificate leaf = chain(id);
    leaf.verify(leaf.getPublicKey());
    act(id, "revoke", Map.of("reason", "KEY_COMPROMISE"))
        .then()
        .statusCode(422)
        .body("violations.code", contains("issuer.cannot-revoke"));
  }

  @Test
  void aRenewalThatIsAskedForMakesANewRevisionWithANewKey() throws Exception {
    UUID id = wanted(ca(), Map.of());
    awaitRevision(id, 1);
    X509Certificate first = chain(id);

    act(id, "renew", Map.of()).then().statusCode(202);

    awaitRevision(id, 2);
    X509Certificate second = chain(id);
    assertThat(second.getPublicKey()).isNotEqualTo(first.getPublicKey());
    assertThat(second.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
    asViewer()
        .get("/v1/certificates/" + id + "/revisions")
        .then()
        .body("items.number", contains(2, 1))
        .body("items.status", contains("ACTIVE", "SUPERSEDED"));
  }

  @Test
  void aKeyIsKeptAsLongAsThePolicySays() throws Exception {
    UUID id = wanted(ca(), Map.of("key", Map.of("rotation", "EVERY", "every", 2)));
    awaitRevision(id, 1);
    X509Certificate first = chain(id);
    act(id, "renew", Map.of()).then().statusCode(202);
    awaitRevision(id, 2);
    X509Certificate second = chain(id);
    act(id, "renew", Map.of()).then().statusCode(202);
    awaitRevision(id, 3);

    assertThat(second.getPublicKey()).isEqualTo(first.getPublicKey());
    assertThat(chain(id).getPublicKey()).isNotEqualTo(first.getPublicKey());
  }

  @Test
  void aChangeOfWhatIsAskedForIsIssuedAndAChangeOfWordsIsNot() throws Exception {
    UUID id = wanted(ca(), Map.of());
    awaitRevision(id, 1);

    patch(id, Map.of("labels", Map.of("tier", "1"))).then().statusCode(200);
    patch(id, Map.of("names", List.of("dns:other.edge.example", "ip:192.0.2.7")))
        .then()
        .statusCode(200);

    awaitRevision(id, 2);
    assertThat(chain(id).getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .containsExactlyInAnyOrder("other.edge.example", "192.0.2.7");
  }

  @Test
  void whatIsRevokedIsOnTheListThatItNamesAndIsNotRenewedUntilThatIsAskedFor() throws Exception {
    UUID issuer = ca();
    UUID id = wanted(issuer, Map.of());
    awaitRevision(id, 1);
    X509Certificate leaf = chain(id);
    assertThat(new String(leaf.getExtensionValue("2.5.29.31"), StandardCharsets.ISO_8859_1))
        .contains("https://certmon.perch.test/crl/" + issuer + ".crl");

    act(id, "revoke", Map.of("reason", "KEY_COMPROMISE"))
        .then()
        .statusCode(200)
        .body("state", is("REVOKED"));

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(list(issuer).isRevoked(leaf)).isTrue());
    list(issuer).verify(authority(issuer).getPublicKey());
    assertThatOthersTrust(leaf, authority(issuer), true);
    asViewer().get("/v1/certificates/" + id + "/explain").then().body("why", is("REVOKED"));
    act(id, "renew", Map.of()).then().statusCode(202);
    assertThat(awaitRevision(id, 2).getString("state")).isEqualTo("READY");
  }

  @Test
  void anEarlierRevisionIsUsedAgainAndARevokedOneIsNot() throws Exception {
    UUID id = wanted(ca(), Map.of());
    awaitRevision(id, 1);
    X509Certificate first = chain(id);
    act(id, "renew", Map.of()).then().statusCode(202);
    awaitRevision(id, 2);

    act(id, "rollback", Map.of("revision", 1))
        .then()
        .statusCode(200)
        .body("revision.number", is(1));

    assertThat(chain(id)).isEqualTo(first);
    act(id, "rollback", Map.of("revision", 9)).then().statusCode(404);
    act(id, "revoke", Map.of("reason", "SUPERSEDED")).then().statusCode(200);
    act(id, "rollback", Map.of("revision", 2))
        .then()
        .statusCode(409)
        .body("violations.code", contains("revision.not-superseded"));
  }

  @Test
  void anExplanationSaysWhenItIsRenewedAndWhyNotBefore() {
    UUID id = wanted(ca(), Map.of());
    awaitRevision(id, 1);

    asViewer()
        .get("/v1/certificates/" + id + "/explain")
        .then()
        .statusCode(200)
        .body("why", is("LATER"))
        .body("plan.renewAt", is(read(id).getString("renewAt")))
        .body("work.nextAttempt", notNullValue());
    act(id, "suspend", Map.of()).then().statusCode(200).body("suspended", is(true));
    asViewer().get("/v1/certificates/" + id + "/explain").then().body("why", is("SUSPENDED"));
    act(id, "resume", Map.of()).then().statusCode(200);
    await().atMost(PATIENCE).until(() -> read(id).get("renewAt") != null);
  }

  @Test
  void aRequestBeyondWhatTheCaMaySignFailsAndSaysSo() {
    UUID issuer = ca(Map.of("subject", "Narrow CA", "permitted", List.of("edge.example")));
    UUID id = wanted(issuer, Map.of("names", List.of("dns:bank.example")));

    await()
        .atMost(PATIENCE)
        .until(() -> "beyond-authority".equals(read(id).getString("failure.code")));

    assertThat(read(id).getString("state")).isEqualTo("PENDING");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                asViewer()
                    .get("/v1/certificates/" + id + "/explain")
                    .then()
                    .body("why", is("FAILING")));
    patch(id, Map.of("names", List.of("dns:h-1.edge.example"))).then().statusCode(200);
    assertThat(awaitRevision(id, 1).getString("failure")).isNull();
  }

  @Test
  void aRemovedCertificateIsRevokedAndItsTimelineStays() throws Exception {
    UUID issuer = ca();
    UUID id = wanted(issuer, Map.of());
    awaitRevision(id, 1);
    X509Certificate leaf = chain(id);
    as(Tokens.admin())
        .header("If-Match", asViewer().get("/v1/issuers/" + issuer).header("ETag"))
        .delete("/v1/issuers/" + issuer)
        .then()
        .statusCode(409)
        .body("violations.code", contains("issuer.in-use"));

    asOperator()
        .header("If-Match", etag(id))
        .delete("/v1/certificates/" + id)
        .then()
        .statusCode(204);

    asViewer().get("/v1/certificates/" + id).then().statusCode(404);
    asViewer()
        .get("/v1/certificates/" + id + "/timeline")
        .then()
        .body("items.what", contains("deleted", "changed", "created"));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(list(issuer).isRevoked(leaf)).isTrue());
    assertThatEvents(Events.await(Catalogue.CERTIFICATES.log().name(), id, 3))
        .matchTheirSchemas()
        .areGapFreePerKey();
  }

  @Test
  void everythingThatIsWrongWithARequestIsSaidAtOnce() {
    create(
            UUID.randomUUID(),
            Map.of(
                "names", List.of("dns:*bad*", "h-1"),
                "life", "90 days",
                "key", Map.of("rotation", "EVERY"),
                "renewal", Map.of("before", "P1D", "percent", 50),
                "privateKey", "x"))
        .then()
        .statusCode(400)
        .body(
            "violations.code",
            containsInAnyOrder(
                "value.syntax",
                "value.syntax",
                "value.syntax",
                "key.every",
                "renewal.policy",
                "field.unknown"));
    create(UUID.randomUUID(), Map.of())
        .then()
        .statusCode(400)
        .body("violations.code", contains("issuer.unknown"));
  }

  @Test
  void aServersCommonNameIsOneOfItsNamesAndAClientsMayBeAUser() {
    UUID issuer = ca();

    create(issuer, Map.of("commonName", "stranger.example"))
        .then()
        .statusCode(400)
        .body("violations.code", contains("certificate.common-name"))
        .body("violations.field", contains("/commonName"));

    create(issuer, Map.of("commonName", "operator", "usages", List.of("CLIENT")))
        .then()
        .statusCode(201);
  }

  @Test
  void whoIsLimitedToASiteSeesAndMakesNoOthers() {
    UUID site = UUID.randomUUID();
    UUID issuer = ca();
    UUID other = wanted(issuer, Map.of("siteId", UUID.randomUUID()));
    UUID own = wanted(issuer, Map.of("siteId", site));
    var limited = Tokens.operator().atSites(site);

    as(limited).get("/v1/certificates/" + own).then().statusCode(200);
    as(limited).get("/v1/certificates/" + other).then().statusCode(403);
    as(limited).get("/v1/certificates/" + other + "/explain").then().statusCode(403);
    as(limited)
        .get("/v1/certificates?limit=1000")
        .then()
        .body("items.id", hasItem(own.toString()))
        .body("items.id", not(hasItem(other.toString())));
    as(limited)
        .contentType("application/json")
        .body(Map.of("newKey", true))
        .post("/v1/certificates/" + other + "/renew")
        .then()
        .statusCode(403);
  }

  private static X509Certificate chain(UUID id) throws Exception {
    return certificate(asViewer().get("/v1/certificates/" + id + "/chain").asString());
  }

  private static X509Certificate authority(UUID issuer) throws Exception {
    return certificate(asViewer().get("/v1/issuers/" + issuer).path("authority.chain"));
  }

  /** Anybody may read it: there is no token. */
  private static X509CRL list(UUID issuer) throws Exception {
    InputStream der =
        given().get("/crl/" + issuer + ".crl").then().statusCode(200).extract().asInputStream();
    return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(der);
  }

  private static X509Certificate certificate(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  /** As the JDK judges (RFC 5280 §6), with the CA's revocation list. */
  private static void assertThatOthersTrust(
      X509Certificate leaf, X509Certificate authority, boolean revoked) throws Exception {
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
    parameters.addCertStore(
        CertStore.getInstance(
            "Collection", new CollectionCertStoreParameters(List.of(list(issuerOf(leaf))))));
    var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf));
    if (revoked) {
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> CertPathValidator.getInstance("PKIX").validate(path, parameters)))
          .hasMessageContaining("revoked");
    } else {
      assertThat(CertPathValidator.getInstance("PKIX").validate(path, parameters)).isNotNull();
    }
  }

  /** From the address of the revocation list that the certificate names. */
  private static UUID issuerOf(X509Certificate leaf) {
    String points = new String(leaf.getExtensionValue("2.5.29.31"), StandardCharsets.ISO_8859_1);
    int begin = points.indexOf("/crl/") + "/crl/".length();
    return UUID.fromString(points.substring(begin, begin + 36));
  }
}
