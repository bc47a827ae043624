package dev.perch.certmon.assignment;

import static dev.perch.certmon.Api.asOperator;
import static dev.perch.certmon.Api.asViewer;
import static dev.perch.certmon.Api.awaitRevision;
import static dev.perch.certmon.Api.ca;
import static dev.perch.certmon.Api.createIssuer;
import static dev.perch.certmon.Api.patch;
import static dev.perch.certmon.Api.read;
import static dev.perch.certmon.Api.unique;
import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.perch.certmon.Api;
import dev.perch.certmon.SealKeys;
import dev.perch.certmon.host.HostSide;
import dev.perch.contract.Catalogue;
import dev.perch.contract.host.HostDocument;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Token;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Hosts come, change and go; rules come, change and go; certificates follow. */
@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class RuleTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Map<String, String> WEB = Map.of("role", "web");

  @Test
  void aHostThatMatchesGetsOneCertificateWhichItMakesTheKeyOf() throws Exception {
    HostSide host = HostSide.registered(WEB);
    String name = unique("web");
    UUID rule = rule(host, name, Map.of("labels", Map.of("tier", "1")));

    UUID id = certificate(host, name);

    JsonPath made = read(id);
    assertThat(made.getString("ruleId")).isEqualTo(rule.toString());
    assertThat(made.getString("siteId")).isEqualTo(host.site().toString());
    assertThat(made.getList("names", String.class))
        .containsExactly("dns:h-1.edge.example", "uri:spiffe://edge/" + host.id());
    assertThat(made.getString("labels.tier")).isEqualTo("1");
    assertThat(made.getString("targets[0].host.hostId")).isEqualTo(host.id().toString());
    assertThat(made.getString("targets[0].host.probe.serverName")).isEqualTo("h-1.edge.example");
    host.done(id, host.await(id, 1));
    awaitRevision(id, 1);
    HostDocument told =
        await()
            .atMost(PATIENCE)
            .until(() -> host.await(id, 1), one -> !one.spec().path("files").isEmpty());
    host.done(id, told);
    await()
        .atMost(PATIENCE)
        .until(() -> "VERIFIED".equals(read(id).getString("publications[0].state")));
    assertThatEvents(Events.ofKey(Catalogue.RULES.log().name(), rule))
        .areCloudEvents()
        .matchTheirSchemas()
        .areGapFreePerKey();
    assertThatEvents(Events.ofKey(Catalogue.CERTIFICATES.log().name(), id))
        .areCloudEvents()
        .matchTheirSchemas()
        .areGapFreePerKey();
  }

  @Test
  void aHostThatComesAfterTheRuleGetsOneAndOneThatDoesNotMatchGetsNone() throws Exception {
    HostSide first = HostSide.registered(Map.of("role", "db"));
    String name = unique("web");
    UUID rule = rule(null, name, Map.of("selector", "role=web,rack in (" + name + ")"));

    HostSide second = HostSide.registered(Map.of("role", "web", "rack", name));

    certificate(second, name);
    assertThat(certificates(first, name)).isEmpty();
    remove("/v1/rules/" + rule).then().statusCode(204);
  }

  @Test
  void whatIsToldOfAHostAgainMakesNoSecondCertificate() throws Exception {
    HostSide host = HostSide.registered(WEB);
    String name = unique("web");
    rule(host, name, Map.of());
    UUID id = certificate(host, name);

    host.label(Map.of("role", "web", "spare", "yes"));
    host.label(WEB);

    String other = unique("web");
    rule(host, other, Map.of("target", Map.of("folder", "/srv/tls/other")));
    certificate(host, other);
    assertThat(certificates(host, name)).containsExactly(id);
    asViewer()
        .get("/v1/certificates/" + id + "/timeline")
        .then()
        .body("items.cause.operation", not(hasItem("rule.change")));
  }

  @Test
  void theCertificateOfARemovedHostIsRemovedAndSaysWhy() throws Exception {
    HostSide host = HostSide.registered(WEB);
    String name = unique("web");
    UUID rule = rule(host, name, Map.of());
    UUID id = certificate(host, name);

    host.remove();

    awaitGone(id, "host.removed");
    preview(rule).then().body("items", is(List.of()));
  }

  @Test
  void aHostThatDoesNotMatchAnyMoreLosesItsCertificateWhichIsRevoked() throws Exception {
    HostSide host = HostSide.registered(WEB);
    String name = unique("web");
    rule(host, name, Map.of());
    UUID id = certificate(host, name);
    host.done(id, host.await(id, 1));
    awaitRevision(id, 1);

    host.label(Map.of("role", "db"));

    awaitGone(id, "rule.unmatch");
    asViewer()
        .get("/v1/certificates/" + id + "/timeline")
        .then()
        .body("items[0].cause.reason", containsString("does not match the rule " + name));
    host.label(WEB);
    assertThat(certificate(host, name)).as("ids are never used again").isNotEqualTo(id);
  }

  @Test
  void aChangedRuleChangesItsCertificatesAndKeepsThem() throws Exception {
    HostSide host = HostSide.registered(WEB);
    String name = unique("web");
    UUID rule = rule(host, name, Map.of());
    UUID id = certificate(host, name);

    change(rule, Map.of("life", "P30D", "names", List.of("dns:{name}.pier.example")))
        .then()
        .statusCode(200);

    await().atMost(PATIENCE).until(() -> "PT720H".equals(read(id).getString("life")));
    assertThat(read(id).getList("names", String.class)).containsExactly("dns:h-1.pier.example");
    assertThat(certificates(host, name)).containsExactly(id);
    String renamed = unique("front");
    change(rule, Map.of("name", renamed)).then().statusCode(200);
    assertThat(certificate(host, renamed)).isEqualTo(id);
    asViewer()
        .get("/v1/certificates/" + id + "/timeline")
        .then()
        .body("items[0].cause.operation", is("rule.change"));
  }

  @Test
  void whatARemovedRuleWantedIsRemoved() throws Exception {
    HostSide host = HostSide.registered(WEB);
    String name = unique("web");
    UUID rule = rule(host, name, Map.of());
    UUID id = certificate(host, name);

    remove("/v1/rules/" + rule).then().statusCode(204);

    awaitGone(id, "rule.removed");
  }

  @Test
  void nobodyButTheRuleSaysWhatItsCertificatesAre() throws Exception {
    HostSide host = HostSide.registered(WEB);
    String name = unique("web");
    rule(host, name, Map.of());
    UUID id = certificate(host, name);

    patch(id, Map.of("life", "P7D"))
        .then()
        .statusCode(409)
        .body("violations.code", contains("certificate.of-rule"));
    remove("/v1/certificates/" + id)
        .then()
        .statusCode(409)
        .body("violations.code", contains("certificate.of-rule"));
  }

  @Test
  void aPreviewSaysWhatWouldBecomeOfEachHostAndChangesNothing() throws Exception {
    HostSide host = HostSide.registered(WEB);
    String name = unique("web");
    Map<String, Object> body = body(host, name, ca());
    asOperator().contentType(ContentType.JSON).body(body).post("/v1/rules/preview");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                asOperator()
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post("/v1/rules/preview")
                    .then()
                    .statusCode(200)
                    .body("totals", is(Map.of("NEW", 1)))
                    .body("items[0].hostId", is(host.id().toString()))
                    .body("items[0].certificate", is(name + ".h-1"))
                    .body("items[0].names[0]", is("dns:h-1.edge.example")));
    assertThat(certificates(host, name)).isEmpty();
    UUID rule = created(body);
    certificate(host, name);
    preview(rule).then().body("totals", is(Map.of("SAME", 1)));
    previewOf(rule, Map.of("life", "P30D")).then().body("totals", is(Map.of("CHANGED", 1)));
    previewOf(rule, Map.of("selector", "role=db")).then().body("totals", is(Map.of("REMOVED", 1)));
    previewOf(rule, Map.of("names", List.of("dns:{label:zone}.edge.example")))
        .then()
        .body("totals", is(Map.of("REFUSED", 1)))
        .body("items[0].why", containsString("no label zone"));
    preview(rule).then().body("totals", is(Map.of("SAME", 1)));
  }

  @Test
  void aNameThatSomebodyElseHasIsRefusedAndSaidSo() throws Exception {
    HostSide host = HostSide.registered(WEB);
    String name = unique("web");
    UUID issuer = ca();
    UUID other = Api.wanted(issuer, Map.of("siteId", host.site(), "name", name + ".h-1"));

    UUID rule = created(body(host, name, issuer));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                preview(rule)
                    .then()
                    .body("items[0].what", is("REFUSED"))
                    .body("items[0].why", containsString("has its name")));
    assertThat(certificates(host, name)).containsExactly(other);
  }

  @Test
  void everythingThatIsWrongWithARuleIsToldAtOnce() throws Exception {
    Map<String, Object> body = body(null, "Web", ca());
    body.put("selector", "site=pier");
    body.put("names", List.of("dns:{name}.edge.example", "ip:{address}", "dns:{name}..example"));
    body.put("target", Map.of("folder", "/etc/../root", "hostId", UUID.randomUUID()));

    post(body)
        .then()
        .statusCode(400)
        .body(
            "violations.field",
            containsInAnyOrder(
                "/name", "/selector", "/names/1", "/names/2", "/target/folder", "/target/hostId"));
  }

  @Test
  void anIssuerThatSignsWithTheHostsKeyIsRefusedAndOneThatARuleNamesStays() throws Exception {
    UUID self =
        UUID.fromString(
            createIssuer(Map.of("name", unique("self"), "kind", "SELF_SIGNED"))
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    post(body(null, unique("web"), self))
        .then()
        .statusCode(400)
        .body("violations.code", contains("target.self-signed"));
    UUID issuer = ca();
    Map<String, Object> body = body(null, unique("web"), issuer);
    body.put("selector", "nobody=" + unique("x"));
    created(body);

    Api.as(Tokens.admin())
        .header("If-Match", asViewer().get("/v1/issuers/" + issuer).header("ETag"))
        .delete("/v1/issuers/" + issuer)
        .then()
        .statusCode(409)
        .body("violations.code", contains("issuer.in-use"));
  }

  @Test
  void whoIsLimitedToASiteMakesNoRuleForOthers() throws Exception {
    HostSide host = HostSide.registered(WEB);
    Token limited = Tokens.operator().atSites(host.site());
    Map<String, Object> everywhere = body(null, unique("web"), ca());

    Api.as(limited)
        .contentType(ContentType.JSON)
        .body(everywhere)
        .post("/v1/rules")
        .then()
        .statusCode(403);
    Api.as(limited)
        .contentType(ContentType.JSON)
        .body(everywhere)
        .post("/v1/rules/preview")
        .then()
        .statusCode(403);
  }

  private static Map<String, Object> body(@Nullable HostSide host, String name, UUID issuer) {
    Map<String, Object> body = new HashMap<>();
    if (host != null) {
      body.put("siteId", host.site());
    }
    body.put("name", name);
    body.put("selector", "role=web");
    body.put("issuerId", issuer);
    body.put("names", List.of("dns:{name}.edge.example", "uri:spiffe://edge/{id}"));
    body.put(
        "target",
        Map.of(
            "folder",
            "/srv/tls/web",
            "probe",
            Map.of("address", "127.0.0.1:8443", "serverName", "{name}.edge.example")));
    return body;
  }

  private static UUID rule(@Nullable HostSide host, String name, Map<String, ?> more) {
    Map<String, Object> body = body(host, name, ca());
    body.putAll(more);
    return created(body);
  }

  private static UUID created(Map<String, ?> body) {
    return UUID.fromString(post(body).then().statusCode(201).extract().path("id"));
  }

  private static Response post(Map<String, ?> body) {
    return asOperator().contentType(ContentType.JSON).body(body).post("/v1/rules");
  }

  private static Response change(UUID rule, Map<String, ?> patch) {
    return asOperator()
        .header("If-Match", asViewer().get("/v1/rules/" + rule).header("ETag"))
        .contentType("application/merge-patch+json")
        .body(patch)
        .patch("/v1/rules/" + rule);
  }

  private static Response remove(String path) {
    return asOperator().header("If-Match", asViewer().get(path).header("ETag")).delete(path);
  }

  private static Response preview(UUID rule) {
    return asViewer().get("/v1/rules/" + rule + "/preview");
  }

  private static Response previewOf(UUID rule, Map<String, ?> patch) {
    return asOperator()
        .contentType(ContentType.JSON)
        .body(patch)
        .post("/v1/rules/" + rule + "/preview");
  }

  /** The one that the host has by the rule of this name. */
  private static UUID certificate(HostSide host, String rule) {
    return await()
        .atMost(PATIENCE)
        .until(() -> certificates(host, rule), ids -> ids.size() == 1)
        .getFirst();
  }

  private static List<UUID> certificates(HostSide host, String rule) {
    return asViewer()
        .get("/v1/certificates?site=" + host.site() + "&name=" + rule + ".h-1")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("items.id", String.class)
        .stream()
        .map(UUID::fromString)
        .toList();
  }

  private static void awaitGone(UUID id, String operation) {
    await()
        .atMost(PATIENCE)
        .until(() -> asViewer().get("/v1/certificates/" + id).statusCode() == 404);
    asViewer()
        .get("/v1/certificates/" + id + "/timeline")
        .then()
        .body("items[0].what", is("deleted"))
        .body("items[0].cause.operation", is(operation));
  }
}
