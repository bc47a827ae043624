package dev.perch.certmon.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.certmon.KillPoints;
import dev.perch.certmon.issue.Chain;
import dev.perch.certmon.secret.ClusterSide;
import dev.perch.contract.certmon.Target;
import dev.perch.kit.peers.Kubernetes;
import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A replica is killed at a step of publishing to a Secret of a real API server; another goes on.
 */
class SecretDeathTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension final Victims victims = new Victims();
  @TempDir Path folder;
  private final ClusterSide side = ClusterSide.in(Kubernetes.shared());
  private IssuingReplica replica;

  @BeforeEach
  void open() throws Exception {
    replica = IssuingReplica.fresh(folder.resolve("seal.keys"));
    replica.cluster(Kubernetes.shared(), "north-1");
  }

  @AfterEach
  void close() {
    replica.close();
  }

  @KillPoints
  @CsvSource({
    "certmon.secret.SecretTargets, announce, 1",
    "certmon.secret.SecretWork, task, 1",
    "certmon.kubernetes.SecretPublisher, publish, 1",
    "certmon.kubernetes.Api, apply, 1",
    "certmon.kubernetes.SecretPublisher, published, 1",
    "certmon.secret.Delivery, proven, 1",
    "certmon.secret.SecretTable, keep, 1",
  })
  void theCertificateIsInItsSecretAndNothingIsTakenForAChangeOfOthers(
      String type, String step, int time) throws Exception {
    UUID certificate = wanted();
    kill(type, step, time);

    replica.work();

    awaitVerified(certificate, 1);
    assertThat(replica.revisions(certificate)).hasSize(1);
    assertItHolds(replica.revisions(certificate).getFirst());
    assertThat(replica.only("select repaired_at from secret_place")).isEqualTo("{}");
  }

  @KillPoints
  @CsvSource({
    "certmon.kubernetes.SecretPublisher, publish, 1",
    "certmon.kubernetes.Api, apply, 1",
    "certmon.secret.SecretTable, keep, 1",
  })
  void aRenewalIsPublishedAndUntilThenTheOneBefore(String type, String step, int time)
      throws Exception {
    UUID certificate = wanted();
    replica.work();
    awaitVerified(certificate, 1);
    replica.rest();
    replica.ask(certificate);
    kill(type, step, time);
    assertThat(
            replica.revisions(certificate).stream()
                .map(Revised::chain)
                .map(pem -> Chain.fromPem(pem).toPem()))
        .as("what the Secret holds before anybody goes on")
        .contains(side.data("web", "tls.crt"));

    replica.work();

    awaitVerified(certificate, 2);
    assertItHolds(replica.revisions(certificate).getFirst());
    assertThat(replica.only("select repaired_at from secret_place")).isEqualTo("{}");
  }

  @KillPoints
  @CsvSource({
    "certmon.kubernetes.SecretPublisher, withdraw, 1",
    "certmon.kubernetes.Api, delete, 1",
    "certmon.secret.SecretTable, forget, 1",
  })
  void noSecretIsLeftBehind(String type, String step, int time) throws Exception {
    UUID certificate = wanted();
    replica.work();
    awaitVerified(certificate, 1);
    replica.rest();
    replica.leave(certificate);
    kill(type, step, time);

    replica.work();

    await()
        .atMost(PATIENCE)
        .until(() -> replica.only("select count(*) from secret_place"), "0"::equals);
    assertThat(side.find("web")).isEmpty();
  }

  private UUID wanted() throws Exception {
    return replica.certificate(
        replica.ca(), new Target.Secret("north-1", side.namespace(), "web", null, null));
  }

  /** The chain, and the key that belongs to it. */
  private void assertItHolds(Revised revision) throws Exception {
    assertThat(side.data("web", "tls.crt")).isEqualTo(Chain.fromPem(revision.chain()).toPem());
    try (var pem = new PEMParser(new StringReader(side.data("web", "tls.key")))) {
      assertThat(((PrivateKeyInfo) pem.readObject()).getEncoded())
          .isEqualTo(
              replica.key(Objects.requireNonNull(revision.keyId())).getPrivate().getEncoded());
    }
  }

  private void awaitVerified(UUID certificate, int revision) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                replica.only(
                    "select document #>> '{publications,0,state}' || ' '"
                        + " || (document #>> '{publications,0,revision}') from certificate"
                        + " where id = '"
                        + certificate
                        + "'"),
            ("VERIFIED " + revision)::equals);
  }

  private void kill(String type, String step, int time) throws SQLException {
    Victim victim =
        victims.start(
            Victim.of(IssuingReplica.class, replica.arguments())
                .killedAt("dev.perch." + type, step, time));
    await().atMost(PATIENCE).until(() -> !victim.isAlive());
    victim.awaitHalt();
    replica.leasesRunOut();
  }
}
