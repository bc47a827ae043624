package dev.perch.certmon.certificate;

import static dev.perch.certmon.Api.act;
import static dev.perch.certmon.Api.as;
import static dev.perch.certmon.Api.asOperator;
import static dev.perch.certmon.Api.asViewer;
import static dev.perch.certmon.Api.awaitRevision;
import static dev.perch.certmon.Api.createIssuer;
import static dev.perch.certmon.Api.read;
import static dev.perch.certmon.Api.unique;
import static dev.perch.certmon.Api.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.perch.certmon.SealKeys;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.issue.SubjectName;
import dev.perch.kit.peers.Named;
import dev.perch.kit.peers.Pebble;
import dev.perch.kit.peers.PebbleSettings;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Names that are proven by records of a zone, which BIND serves and Pebble asks. */
@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class DnsUpdateTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String WRONG = Base64.getEncoder().encodeToString(new byte[32]);

  private final String zone = unique("zone") + ".example";
  @TempDir Path folder;
  private Named named;
  private Pebble pebble;

  @BeforeEach
  void start() throws IOException {
    named = new Named(Files.createDirectory(folder.resolve("named")), zone);
    named.start();
    pebble =
        new Pebble(
            Files.createDirectory(folder.resolve("pebble")),
            PebbleSettings.answeredAt(1, 1).resolvingAt("127.0.0.1:" + named.address().getPort()));
    pebble.start();
  }

  @AfterEach
  void stop() {
    pebble.close();
    named.close();
  }

  @Test
  void namesAreProvenByRecordsThatAreGoneAfterwards() throws IOException {
    UUID issuer = issuer(named.secret());

    UUID id = wanted(issuer, names("web." + zone, "*.web." + zone));

    JsonPath issued = awaitRevision(id, 1);
    assertThat(issued.getString("state")).isEqualTo("READY");
    assertThat(
            Chain.fromPem(asViewer().get("/v1/certificates/" + id + "/chain").asString()).names())
        .containsExactlyInAnyOrder(
            SubjectName.dns("web." + zone), SubjectName.dns("*.web." + zone));
    assertThat(named.output().split("adding an RR at '_acme-challenge.web." + zone + "' TXT"))
        .as("one record for each of the two names")
        .hasSize(3);
    assertThat(rcode("_acme-challenge.web." + zone)).isEqualTo(Rcode.NXDOMAIN);
    check(issuer).body("ok", is(true)).body("findings", empty());
  }

  @Test
  void aWrongKeyIsNamedByTheCheckAndTriedAgainUntilItIsRight() {
    UUID issuer = issuer(WRONG);
    check(issuer)
        .body("ok", is(false))
        .body("findings.code", contains("dns-key"))
        .body("findings.detail", hasItem(containsString("BADSIG")))
        .body("findings.remedy", hasItem(containsString("tsigSecret")));

    UUID id = wanted(issuer, names("mail." + zone));

    await().atMost(PATIENCE).until(() -> "not-presented".equals(read(id).get("failure.code")));
    assertThat(read(id).getString("failure.detail")).contains("BADSIG").doesNotContain(WRONG);
    JsonPath waiting = asViewer().get("/v1/certificates/" + id + "/explain").jsonPath();
    assertThat(waiting.getString("why")).isEqualTo("FAILING");
    assertThat(waiting.getString("issuance.step")).isEqualTo("CHALLENGED");
    assertThat(Instant.parse(waiting.getString("work.nextAttempt")))
        .as("as what passes by itself: soon, not tomorrow")
        .isBefore(Instant.now().plus(Duration.ofMinutes(5)));

    as(Tokens.admin())
        .header("If-Match", asViewer().get("/v1/issuers/" + issuer).header("ETag"))
        .contentType("application/merge-patch+json")
        .body(Map.of("credentials", Map.of("tsigSecret", named.secret())))
        .patch("/v1/issuers/" + issuer)
        .then()
        .statusCode(200)
        .body(not(containsString(named.secret())));
    act(id, "renew", Map.of()).then().statusCode(202);

    awaitRevision(id, 1);
    check(issuer).body("ok", is(true));
  }

  private UUID issuer(String secret) {
    UUID id =
        UUID.fromString(
            createIssuer(
                    Map.of(
                        "name",
                        unique("dns"),
                        "kind",
                        "ACME",
                        "acme",
                        Map.of(
                            "directory",
                            pebble.directory().toString(),
                            "termsAgreed",
                            true,
                            "anchors",
                            pem(pebble.root()),
                            "tlsAnchors",
                            pem(pebble.tlsAnchor()),
                            "solvers",
                            Map.of("dnsUpdate", update())),
                        "credentials",
                        Map.of("tsigSecret", secret)))
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    await()
        .atMost(PATIENCE)
        .until(() -> "READY".equals(asViewer().get("/v1/issuers/" + id).path("state")));
    return id;
  }

  private Map<String, ?> update() {
    return Map.of(
        "zone",
        zone,
        "server",
        "127.0.0.1",
        "port",
        named.address().getPort(),
        "keyName",
        Named.KEY);
  }

  private static Map<String, ?> names(String... names) {
    return Map.of("names", List.of(names).stream().map(name -> "dns:" + name).toList());
  }

  private static ValidatableResponse check(UUID issuer) {
    return asOperator().get("/v1/issuers/" + issuer + "/check").then().statusCode(200);
  }

  /** What the server says of the TXT records of a name. */
  private int rcode(String name) throws IOException {
    SimpleResolver resolver = new SimpleResolver(named.address());
    resolver.setTCP(true);
    Record question = Record.newRecord(Name.fromString(name, Name.root), Type.TXT, DClass.IN);
    return resolver.send(Message.newQuery(question)).getRcode();
  }

  private static String pem(X509Certificate certificate) {
    return new Chain(List.of(certificate)).toPem();
  }
}
