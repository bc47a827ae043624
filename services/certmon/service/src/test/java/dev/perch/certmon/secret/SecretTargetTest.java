package dev.perch.certmon.secret;

import static dev.perch.certmon.Api.act;
import static dev.perch.certmon.Api.asOperator;
import static dev.perch.certmon.Api.asViewer;
import static dev.perch.certmon.Api.awaitRevision;
import static dev.perch.certmon.Api.ca;
import static dev.perch.certmon.Api.create;
import static dev.perch.certmon.Api.etag;
import static dev.perch.certmon.Api.patch;
import static dev.perch.certmon.Api.read;
import static dev.perch.certmon.Api.unique;
import static dev.perch.certmon.Api.wanted;
import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;

import dev.perch.certmon.SealKeys;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.secret.ClusterSide.Known;
import dev.perch.contract.Catalogue;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.peers.Kubernetes;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Certificates in Secrets of a real API server. */
@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class SecretTargetTest {
  private static final String TOKEN = "a-token-that-nobody-else-has-7f3a";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject Database database;

  private final ClusterSide side = ClusterSide.in(Kubernetes.shared());

  @Test
  void aCertificateIsInItsSecretWithItsKeyAndSoIsTheNextOne() {
    Known cluster = side.known();
    UUID id = wanted(ca(), Map.of("targets", List.of(side.target(cluster, "web"))));
    awaitState(id, "VERIFIED", 1);
    assertThat(side.data("web", "tls.crt")).isEqualTo(chain(id));
    assertThat(side.data("web", "tls.key")).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(hex(der(side.data("web", "tls.key"))))
        .as("GnuTLS reads no key without its public half")
        .contains(hex(point(id)));
    assertThat(side.data("web", "ca.crt")).contains("BEGIN CERTIFICATE");

    act(id, "renew", Map.of()).then().statusCode(202);

    awaitState(id, "VERIFIED", 2);
    assertThat(side.data("web", "tls.crt")).isEqualTo(chain(id));
    assertThat(side.revision("web")).isEqualTo("2");
    assertThatEvents(Events.ofKey(Catalogue.CERTIFICATES.log().name(), id))
        .areCloudEvents()
        .matchTheirSchemas()
        .areGapFreePerKey();
    assertThatEvents(Events.ofKey(Catalogue.CLUSTERS.log().name(), cluster.id()))
        .areCloudEvents()
        .matchTheirSchemas()
        .areGapFreePerKey();
  }

  @Test
  void whatSomebodyChangesOrDeletesIsPublishedAgainAndNeverIssuedAgain() {
    Known cluster = side.known();
    UUID id = verified(cluster, "web");
    String chain = chain(id);

    side.spoil("web");
    await().atMost(PATIENCE).until(() -> side.data("web", "tls.crt"), chain::equals);
    side.delete("web");
    await().atMost(PATIENCE).until(() -> side.find("web").isPresent());

    assertThat(side.data("web", "tls.crt")).isEqualTo(chain);
    assertThat(side.revision("web")).isEqualTo("1");
    assertThat(revisions(id)).isEqualTo(1);
  }

  @Test
  void aSecretThatIsFoughtForIsLeftAloneUntilTheCertificateIsRenewed() {
    UUID id = verified(side.known(), "web");
    String chain = chain(id);
    for (int i = 0; i < 4; i++) {
      side.spoil("web");
      await().atMost(PATIENCE).until(() -> side.data("web", "tls.crt"), chain::equals);
    }
    awaitState(id, "CONTESTED", 1);
    asViewer()
        .get("/v1/certificates/" + id)
        .then()
        .body("publications[0].message", containsString("again and again"));

    side.spoil("web");

    await()
        .during(Duration.ofSeconds(4))
        .atMost(PATIENCE)
        .until(() -> side.data("web", "tls.crt"), "not what it was"::equals);
    assertThat(state(id)).isEqualTo("CONTESTED 1");
    act(id, "renew", Map.of()).then().statusCode(202);
    awaitState(id, "VERIFIED", 2);
    assertThat(side.data("web", "tls.crt")).isEqualTo(chain(id));
  }

  @Test
  void aContestIsOverWhenItIsLeftAsItShouldBeForAnHour() throws SQLException {
    UUID id = verified(side.known(), "web");
    String chain = chain(id);
    for (int i = 0; i < 4; i++) {
      side.spoil("web");
      await().atMost(PATIENCE).until(() -> side.data("web", "tls.crt"), chain::equals);
    }
    awaitState(id, "CONTESTED", 1);
    anHourPasses(id);

    patch(id, Map.of("labels", Map.of("tier", "1"))).then().statusCode(200);

    awaitState(id, "VERIFIED", 1);
  }

  @Test
  void oneSecretHoldsOneCertificateAndEachReasonIsGiven() {
    Known cluster = side.known();
    UUID id = verified(cluster, "web");

    create(
            ca(),
            Map.of(
                "targets",
                List.of(
                    side.target(cluster, "web"),
                    side.target(cluster, "other"),
                    side.target(cluster, "other"),
                    side.target(new Known(UUID.randomUUID(), "nowhere"), "web"))))
        .then()
        .statusCode(409)
        .body(
            "violations.code",
            containsInAnyOrder("secret.taken", "target.twice", "cluster.unknown"))
        .body("violations.remedy.join(' ')", containsString(id.toString()));

    assertThat(state(id)).isEqualTo("VERIFIED 1");
  }

  @Test
  void aForeignSecretIsNotTouched() {
    Known cluster = side.known();
    var _ =
        Kubernetes.shared()
            .api()
            .create(
                "/api/v1/namespaces/" + side.namespace() + "/secrets",
                Map.of(
                    "metadata",
                    Map.of("name", "theirs"),
                    "data",
                    Map.of("tls.crt", ClusterSide.base64("theirs"))));

    UUID id = wanted(ca(), Map.of("targets", List.of(side.target(cluster, "theirs"))));

    awaitState(id, "CONTESTED", 1);
    assertThat(side.data("theirs", "tls.crt")).isEqualTo("theirs");
  }

  @Test
  void targetsAreIndependentAndASecretThatIsNoTargetAnyMoreGoes() {
    Known cluster = side.known();
    Map<String, Object> lost =
        Map.of(
            "secret",
            Map.of("cluster", cluster.name(), "namespace", "no-such-namespace", "name", "web"));
    UUID id = wanted(ca(), Map.of("targets", List.of(lost, side.target(cluster, "web"))));
    await()
        .atMost(PATIENCE)
        .until(
            () -> read(id).getList("publications.state"), List.of("DEGRADED", "VERIFIED")::equals);

    patch(id, Map.of("targets", List.of(side.target(cluster, "api")))).then().statusCode(200);

    awaitState(id, "VERIFIED", 1);
    await().atMost(PATIENCE).until(() -> side.find("web").isEmpty());
    assertThat(side.find("api")).isPresent();
  }

  @Test
  void aClusterIsRemovedWhenTheSecretsOfTheLastCertificateAreGone() {
    Known cluster = side.known();
    UUID id = verified(cluster, "web");
    ClusterSide.remove(cluster.id(), "")
        .then()
        .statusCode(409)
        .body("violations.code", contains("cluster.in-use"));

    asOperator()
        .header("If-Match", etag(id))
        .delete("/v1/certificates/" + id)
        .then()
        .statusCode(204);

    await().atMost(PATIENCE).until(() -> side.find("web").isEmpty());
    await().atMost(PATIENCE).until(() -> ClusterSide.remove(cluster.id(), "").statusCode() == 204);
  }

  @Test
  void noSecretIsLoggedAnsweredOrPublished() {
    Logged logged = new Logged();
    Logger root = Logger.getLogger("");
    Logger ours = Logger.getLogger("dev.perch");
    Level before = ours.getLevel();
    root.addHandler(logged);
    ours.setLevel(Level.ALL);
    Known cluster;
    UUID id;
    try {
      cluster = side.known();
      id = verified(cluster, "web");
      side.spoil("web");
      await().atMost(PATIENCE).until(() -> side.data("web", "tls.crt"), chain(id)::equals);
      UUID strange =
          UUID.fromString(
              ClusterSide.create(side.described(unique("cluster"), Map.of("token", TOKEN)))
                  .then()
                  .statusCode(201)
                  .extract()
                  .path("id"));
      await().atMost(PATIENCE).until(() -> ClusterSide.state(strange), "REFUSED"::equals);
    } finally {
      LoggerFactory.getLogger("dev.perch.test").atInfo().addKeyValue("key", TOKEN + "!").log("end");
      ours.setLevel(before);
      root.removeHandler(logged);
    }

    List<String> secrets =
        List.of(
            TOKEN, body(side.data("web", "tls.key")), body(Kubernetes.shared().admin().keyPem()));
    assertThat(logged.lines.removeIf(line -> line.contains(TOKEN + "!")))
        .as("it hears what is logged")
        .isTrue();
    for (String secret : secrets) {
      assertThat(logged.lines).noneMatch(line -> line.contains(secret));
      assertThat(ClusterSide.read(cluster.id()).asString()).doesNotContain(secret);
      assertThat(asViewer().get("/v1/certificates/" + id).asString()).doesNotContain(secret);
      assertThat(Events.ofKey(Catalogue.CLUSTERS.log().name(), cluster.id()).toString())
          .doesNotContain(secret);
    }
  }

  private void anHourPasses(UUID id) throws SQLException {
    database.run(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update secret_place set repaired_at = array("
                      + "select at - interval '1 hour' from unnest(repaired_at) at)"
                      + " where certificate_id = ?")) {
            update.setObject(1, id);
            update.executeUpdate();
          }
        });
  }

  /** Everything that is logged. */
  private static final class Logged extends Handler {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Formatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord entry) {
      lines.add(formatter.format(entry) + entry.getMessage() + entry.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** A line of a key that nothing else has. */
  private static String body(String pem) {
    return pem.lines().skip(1).findFirst().orElseThrow();
  }

  private UUID verified(Known cluster, String secret) {
    UUID id = wanted(ca(), Map.of("targets", List.of(side.target(cluster, secret))));
    awaitState(id, "VERIFIED", 1);
    return id;
  }

  private static void awaitState(UUID id, String state, int revision) {
    await().atMost(PATIENCE).until(() -> state(id), (state + " " + revision)::equals);
  }

  private static String state(UUID id) {
    var certificate = read(id);
    return certificate.getString("publications[0].state")
        + " "
        + certificate.getString("publications[0].revision");
  }

  private static int revisions(UUID id) {
    return asViewer()
        .get("/v1/certificates/" + id + "/revisions")
        .jsonPath()
        .getList("items")
        .size();
  }

  /** The chain in use, as it is served: without the root. */
  /** The public key on its curve: RFC 5480 §2.2, uncompressed. */
  private static byte[] point(UUID id) {
    byte[] spki = Chain.fromPem(chain(id)).leaf().getPublicKey().getEncoded();
    return Arrays.copyOfRange(spki, spki.length - 65, spki.length);
  }

  private static byte[] der(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]*-----", ""));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String chain(UUID id) {
    var _ = awaitRevision(id, read(id).getInt("revision.number"));
    return Chain.fromPem(asViewer().get("/v1/certificates/" + id + "/chain").asString()).toPem();
  }
}
