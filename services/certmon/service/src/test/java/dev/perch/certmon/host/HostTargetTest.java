package dev.perch.certmon.host;

import static dev.perch.certmon.Api.act;
import static dev.perch.certmon.Api.asViewer;
import static dev.perch.certmon.Api.awaitRevision;
import static dev.perch.certmon.Api.ca;
import static dev.perch.certmon.Api.create;
import static dev.perch.certmon.Api.createIssuer;
import static dev.perch.certmon.Api.patch;
import static dev.perch.certmon.Api.read;
import static dev.perch.certmon.Api.unique;
import static dev.perch.certmon.host.HostSide.holds;
import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.certmon.SealKeys;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.issue.KeyType;
import dev.perch.certmon.issue.SubjectName;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Json;
import dev.perch.contract.host.HostDocument;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A certificate whose key is made on a host, seen from certmon: the host is on the topics only. */
@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class HostTargetTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Map<String, Object> PROBE =
      Map.of("address", "127.0.0.1:8443", "serverName", "web.edge.example");

  @Inject Database database;

  @Test
  void aHostMakesTheKeyAndItIsVerifiedWhenTheProbeIsServedIt() throws Exception {
    HostSide host = HostSide.registered();
    UUID id = wanted(host, ca(), Map.of("probe", PROBE));
    HostDocument asking = host.await(id, 1);
    assertThat(asking.spec().path("files")).isEmpty();
    assertThat(asking.spec().path("requests")).hasSize(1);
    assertThat(state(id)).isEqualTo("PENDING");

    host.done(id, asking);

    HostDocument told = told(host, id, 1);
    assertThat(leaf(id).leaf().getPublicKey().getEncoded())
        .isEqualTo(host.key(name(id, 1)).getPublic().getEncoded());
    assertThat(told.spec().at("/probe/sha256").asText()).isEqualTo(leaf(id).fingerprint());
    assertThat(told.spec().path("files").findValuesAsText("path"))
        .containsExactly("tls.crt", "tls.key", "ca.crt");
    assertThat(told.spec().at("/files/1/mode").asText()).isEqualTo("0600");
    assertThat(told.spec().at("/files/2/text").asText()).contains("BEGIN CERTIFICATE");
    host.report(
        id,
        told.generation(),
        List.of(holds("Applied", true, "Done"), holds("Verified", false, "NotServed")),
        host.readBack(told));
    awaitState(id, "DEGRADED", 1);
    asViewer()
        .get("/v1/certificates/" + id + "/explain")
        .then()
        .body("publications[0].message", containsString("NotServed"));
    host.done(id, told);
    awaitState(id, "VERIFIED", 1);
    assertThat(
            only("select count(*) from revision where key_id is not null and host_key is not null"))
        .isEqualTo("0");
    assertThatEvents(Events.ofKey(Catalogue.CERTIFICATES.log().name(), id))
        .areCloudEvents()
        .matchTheirSchemas()
        .areGapFreePerKey();
    assertThatEvents(host.documents(id)).areCloudEvents().matchTheirSchemas();
  }

  @Test
  void withAProbeAReadBackAloneIsNoProof() throws Exception {
    HostSide host = HostSide.registered();
    UUID id = wanted(host, ca(), Map.of("probe", PROBE));
    host.done(id, host.await(id, 1));
    HostDocument told = told(host, id, 1);

    host.report(
        id,
        told.generation(),
        List.of(holds("Applied", true, "Done"), holds("Verified", true, "Done")),
        host.readBack(told));

    awaitState(id, "PUBLISHED", 1);
  }

  @Test
  void aRenewalAsksForANewKeyBesideTheOldOneWhichStaysInUseUntilThen() throws Exception {
    HostSide host = HostSide.registered();
    UUID id = verified(host, ca());
    String first = leaf(id).serial().toString(16);

    act(id, "renew", Map.of()).then().statusCode(202);

    HostDocument asking = awaitRequest(host, id, name(id, 2));
    assertThat(keyOfFiles(asking)).isEqualTo(name(id, 1));
    assertThat(state(id)).as("the old one is still what is served").isEqualTo("VERIFIED");
    host.done(id, asking);
    HostDocument told = told(host, id, 2);
    assertThat(keyOfFiles(told)).isEqualTo(name(id, 2));
    assertThat(told.spec().path("requests").findValuesAsText("name"))
        .as("so that it can be rolled back to")
        .containsExactly(name(id, 1));
    assertThat(state(id)).isEqualTo("PENDING");
    host.done(id, told);
    awaitState(id, "VERIFIED", 2);
    assertThat(leaf(id).serial().toString(16)).isNotEqualTo(first);
  }

  @Test
  void aRollbackPutsTheOlderRevisionBackWithItsKey() throws Exception {
    HostSide host = HostSide.registered();
    UUID id = verified(host, ca());
    act(id, "renew", Map.of()).then().statusCode(202);
    host.done(id, awaitRequest(host, id, name(id, 2)));
    host.done(id, told(host, id, 2));
    awaitState(id, "VERIFIED", 2);

    act(id, "rollback", Map.of("revision", 1)).then().statusCode(200);

    HostDocument back = told(host, id, 1);
    assertThat(keyOfFiles(back)).isEqualTo(name(id, 1));
    host.done(id, back);
    awaitState(id, "VERIFIED", 1);
  }

  @Test
  void aReportOfAnOlderGenerationVerifiesNothingNewerInWhateverOrderReportsCome() throws Exception {
    HostSide host = HostSide.registered();
    UUID id = verified(host, ca());
    HostDocument old = host.await(id, 1);
    act(id, "renew", Map.of()).then().statusCode(202);
    HostDocument asking = awaitRequest(host, id, name(id, 2));
    host.done(id, asking);
    HostDocument told = told(host, id, 2);

    host.done(id, old);
    host.done(id, asking);
    host.sayAgain(id, host.reports() - 1, told);

    UUID witness = verified(HostSide.registered(), ca());
    assertThat(state(witness)).isEqualTo("VERIFIED");
    assertThat(state(id)).isEqualTo("PENDING");
    host.done(id, told);
    awaitState(id, "VERIFIED", 2);
  }

  @Test
  void aRequestThatIsNotWhatWasAskedForIsRefusedBeforeAnybodyIsAsked() throws Exception {
    HostSide host = HostSide.registered();
    UUID id = wanted(host, ca(), Map.of());
    HostDocument asking = host.await(id, 1);
    KeyPair pair = KeyType.P256.generate();

    host.report(
        id,
        asking.generation(),
        List.of(holds("Applied", true, "Done")),
        answer(asking, pair, "bank.edge.example"));

    await()
        .atMost(PATIENCE)
        .until(() -> "request-refused".equals(read(id).getString("failure.code")));
    assertThat(read(id).getString("failure.detail")).contains("bank.edge.example");
    assertThat(only("select count(*) from issuance where certificate_id = '" + id + "'"))
        .isEqualTo("0");
    act(id, "renew", Map.of()).then().statusCode(202);
    host.done(id, awaitRequest(host, id, name(id, 2)));
    awaitRevision(id, 1);
  }

  @Test
  void aKeyThatWasUsedBeforeIsRefused() throws Exception {
    HostSide host = HostSide.registered();
    UUID issuer = ca();
    UUID first = verified(host, issuer);
    UUID second = wanted(host, issuer, Map.of("folder", "/srv/tls/other"));
    HostDocument asking = host.await(second, 1);

    host.report(
        second,
        asking.generation(),
        List.of(holds("Applied", true, "Done")),
        answer(asking, host.key(name(first, 1)), dnsName(asking)));

    await()
        .atMost(PATIENCE)
        .until(() -> "request-refused".equals(read(second).getString("failure.code")));
    assertThat(read(second).getString("failure.detail")).contains("used before");
  }

  @Test
  void aHostThatDoesNotAnswerIsAskedOnceAndTheWaitIsExplained() throws Exception {
    HostSide host = HostSide.registered();
    UUID id = wanted(host, ca(), Map.of());
    host.await(id, 1);

    for (int i = 0; i < 3; i++) {
      act(id, "renew", Map.of()).then().statusCode(202);
    }

    asViewer()
        .get("/v1/certificates/" + id + "/explain")
        .then()
        .body("why", is("HOST"))
        .body("host.hostId", is(host.id().toString()))
        .body("host.key", is(name(id, 1)))
        .body("publications[0].state", is("PENDING"));
    UUID witness = verified(HostSide.registered(), ca());
    assertThat(state(witness)).isEqualTo("VERIFIED");
    assertThat(host.documents(id)).hasSize(1);
  }

  @Test
  void aDocumentThatTheHostRefusesIsDegraded() throws Exception {
    HostSide host = HostSide.registered();
    UUID id = wanted(host, ca(), Map.of());
    HostDocument asking = host.await(id, 1);

    host.report(id, 0, List.of(holds("Applied", false, "FolderNotAllowed")), null);

    awaitState(id, "DEGRADED", null);
    awaitAlarm("certificate-not-served", id, true);
    host.done(id, asking);
    host.done(id, told(host, id, 1));
    awaitState(id, "VERIFIED", 1);
    awaitAlarm("certificate-not-served", id, false);
  }

  @Test
  void aContestedTargetIsAnAlarmUntilItIsVerifiedAgain() throws Exception {
    HostSide host = HostSide.registered();
    UUID id = verified(host, ca());
    HostDocument told = host.await(id, 2);

    host.report(
        id,
        told.generation(),
        List.of(holds("Applied", true, "Done"), holds("Verified", false, "Contested")),
        host.readBack(told));

    awaitState(id, "CONTESTED", 1);
    awaitAlarm("certificate-target-contested", id, true);
    host.done(id, told);
    awaitState(id, "VERIFIED", 1);
    awaitAlarm("certificate-target-contested", id, false);
  }

  @Test
  void theCertificatesOfARemovedHostAreRevokedAndDeleted() throws Exception {
    HostSide host = HostSide.registered();
    UUID issuer = ca();
    UUID id = verified(host, issuer);
    Chain chain = leaf(id);

    host.remove();

    await()
        .atMost(PATIENCE)
        .until(() -> asViewer().get("/v1/certificates/" + id).statusCode() == 404);
    asViewer()
        .get("/v1/certificates/" + id + "/timeline")
        .then()
        .body("items[0].what", is("deleted"))
        .body("items[0].cause.operation", is("host.removed"))
        .body("items[0].cause.reason", containsString("h-1"));
    await().atMost(PATIENCE).until(() -> list(issuer).isRevoked(chain.leaf()));
    List<Event> documents =
        Events.await(
            HostSide.DESIRED,
            all ->
                all.stream()
                    .anyMatch(
                        event ->
                            event.value() == null
                                && String.valueOf(event.key()).endsWith(id.toString())));
    assertThat(documents).isNotEmpty();
  }

  @Test
  void aTargetThatIsTakenAwayIsWithdrawnAndTheNextKeyIsMadeHere() throws Exception {
    HostSide host = HostSide.registered();
    UUID id = verified(host, ca());

    patch(id, Map.of("targets", List.of())).then().statusCode(200);

    awaitRevision(id, 2);
    assertThat(read(id).getList("publications")).isEmpty();
    assertThat(
            only(
                "select count(key_id) from revision where number = 2 and certificate_id = '"
                    + id
                    + "'"))
        .isEqualTo("1");
    Event last =
        Events.await(
                HostSide.DESIRED,
                all ->
                    all.stream()
                        .anyMatch(
                            event ->
                                event.value() == null
                                    && String.valueOf(event.key()).endsWith(id.toString())))
            .getLast();
    assertThat(last).isNotNull();
  }

  @Test
  void everythingThatIsWrongWithATargetIsToldAtOnce() throws Exception {
    HostSide host = HostSide.registered();
    Map<String, Object> folder = new HashMap<>();
    folder.put("hostId", host.id());
    folder.put("folder", "/etc/../root");
    folder.put("mode", "0644");
    folder.put("reload", List.of());
    folder.put("files", Map.of("key", "tls.crt"));
    folder.put("probe", Map.of("address", "nowhere"));

    create(ca(), Map.of("targets", List.of(Map.of("host", folder), Map.of())))
        .then()
        .statusCode(400)
        .body(
            "violations.field",
            containsInAnyOrder(
                "/targets/0/host/folder",
                "/targets/0/host/mode",
                "/targets/0/host/reload",
                "/targets/0/host/files/key",
                "/targets/0/host/probe/address",
                "/targets/1/host"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8443", "web.edge.example:443", "0.0.0.0:443"})
  void aProbeThatTheHostWouldNotAskIsRefusedBeforeItHearsOfIt(String address) throws Exception {
    HostSide host = HostSide.registered();
    Map<String, Object> folder =
        Map.of("hostId", host.id(), "folder", "/srv/tls/web", "probe", Map.of("address", address));

    create(ca(), Map.of("targets", List.of(Map.of("host", folder))))
        .then()
        .statusCode(400)
        .body("violations.code", contains("value.syntax"))
        .body("violations.field", contains("/targets/0/host/probe/address"))
        .body("violations.found", contains(address))
        .body("violations.remedy", contains(containsString("IP address of the host itself")));
  }

  @Test
  void whatCannotBePublishedIsRefused() throws Exception {
    HostSide host = HostSide.registered();
    UUID self =
        UUID.fromString(
            createIssuer(Map.of("name", unique("self"), "kind", "SELF_SIGNED"))
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    Map<String, Object> folder = Map.of("hostId", host.id(), "folder", "/srv/tls/web");

    create(self, Map.of("targets", List.of(Map.of("host", folder), Map.of("host", folder))))
        .then()
        .statusCode(422)
        .body("violations.code", containsInAnyOrder("target.several", "target.self-signed"));
    create(
            ca(),
            Map.of(
                "targets",
                List.of(
                    Map.of("host", Map.of("hostId", UUID.randomUUID(), "folder", "/srv/tls/web")))))
        .then()
        .statusCode(400)
        .body("violations.code", contains("host.unknown"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                create(
                        ca(),
                        Map.of(
                            "siteId",
                            UUID.randomUUID(),
                            "targets",
                            List.of(Map.of("host", folder))))
                    .then()
                    .statusCode(400)
                    .body("violations.code", contains("host.other-site")));
  }

  private static UUID wanted(HostSide host, UUID issuer, Map<String, ?> more) {
    Map<String, Object> folder = new HashMap<>();
    folder.put("hostId", host.id());
    folder.put("folder", "/srv/tls/web");
    folder.putAll(more);
    Map<String, Object> body =
        Map.of("siteId", host.site(), "targets", List.of(Map.of("host", folder)));
    // A host that inventory tells of just now is known here a moment later.
    return UUID.fromString(
        await()
            .atMost(PATIENCE)
            .until(() -> create(issuer, body), answer -> answer.statusCode() == 201)
            .path("id"));
  }

  /** A certificate whose first revision is served. */
  static UUID verified(HostSide host, UUID issuer) throws Exception {
    UUID id = wanted(host, issuer, Map.of());
    host.done(id, host.await(id, 1));
    host.done(id, told(host, id, 1));
    awaitState(id, "VERIFIED", 1);
    return id;
  }

  /** The newest document, once it has the files of this revision. */
  static HostDocument told(HostSide host, UUID id, int revision) throws Exception {
    awaitRevision(id, revision);
    String sha = leaf(id).toPem();
    return awaitDocument(
        host, id, document -> document.spec().at("/files/0/text").asText().equals(sha));
  }

  static HostDocument awaitRequest(HostSide host, UUID id, String key) {
    return awaitDocument(
        host,
        id,
        document -> document.spec().path("requests").findValuesAsText("name").contains(key));
  }

  static HostDocument awaitDocument(HostSide host, UUID id, Predicate<HostDocument> condition) {
    return await().atMost(PATIENCE).until(() -> host.await(id, 1), condition);
  }

  static String keyOfFiles(HostDocument document) {
    return document.spec().at("/files/1/key/name").asText();
  }

  static String name(UUID certificate, int number) {
    return certificate.toString().replace("-", "") + "-" + number;
  }

  private static String dnsName(HostDocument document) {
    return document.spec().at("/requests/0/dnsNames/0").asText();
  }

  private static ObjectNode answer(HostDocument asking, KeyPair pair, String dnsName) {
    ObjectNode seen = Json.MAPPER.createObjectNode();
    JsonNode request = asking.spec().at("/requests/0");
    seen.putArray("keys")
        .add(
            HostSide.request(
                request.path("name").asText(), pair, "", List.of(SubjectName.dns(dnsName))));
    return seen;
  }

  static String state(UUID id) {
    return read(id).getString("publications[0].state");
  }

  static void awaitState(UUID id, String state, @Nullable Integer revision) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              var now = read(id);
              assertThat(now.getString("publications[0].state")).isEqualTo(state);
              assertThat((Integer) now.get("publications[0].revision")).isEqualTo(revision);
            });
  }

  private static void awaitAlarm(String alarm, UUID id, boolean active) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              var answer = asViewer().get("/v1/alarms/certmon/" + alarm + "/certificates/" + id);
              return answer.statusCode() == 200 && answer.path("clearedAt") == null;
            },
            is(active));
  }

  private static Chain leaf(UUID id) {
    return Chain.fromPem(asViewer().get("/v1/certificates/" + id + "/chain").asString());
  }

  private static X509CRL list(UUID issuer) throws Exception {
    byte[] der = asViewer().get("/crl/" + issuer + ".crl").asByteArray();
    return (X509CRL)
        CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
  }

  private String only(String sql) throws Exception {
    return database.each(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql);
              ResultSet row = select.executeQuery()) {
            row.next();
            return row.getString(1);
          }
        });
  }
}
