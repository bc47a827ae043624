package dev.perch.certmon.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.certmon.KillPoints;
import dev.perch.certmon.issue.Chain;
import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.CsvSource;

/** A replica is killed at a step of making a CA, issuing or renewing; another one goes on. */
class IssuanceDeathTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension final Victims victims = new Victims();
  @TempDir Path folder;
  private IssuingReplica replica;

  @BeforeEach
  void open() throws Exception {
    replica = IssuingReplica.fresh(folder.resolve("seal.keys"));
  }

  @AfterEach
  void close() {
    replica.close();
  }

  @KillPoints
  @CsvSource({
    "certmon.key.Keys, make, 1",
    "certmon.issuer.IssuerKeys, insert, 1",
    "certmon.issue.SelfSignedIssuer, advance, 1",
    "certmon.issuer.IssuerKeys, setChain, 1",
    "certmon.issuer.IssuerKeys, setList, 1",
  })
  void aCaHasOneKeyAndOneCertificate(String type, String step, int time) throws Exception {
    UUID ca = replica.ca();
    kill(type, step, time);

    replica.work();

    await()
        .atMost(PATIENCE)
        .until(() -> replica.only("select crl_number from issuer_key").equals("1"));
    assertThat(replica.only("select count(*) from private_key")).isEqualTo("1");
    assertThat(
            replica.only(
                "select version || ' ' || (state::jsonb ->> 'state') from timeline"
                    + " where resource_id = '"
                    + ca
                    + "'"))
        .isEqualTo("2 READY");
  }

  @KillPoints
  @CsvSource({
    "certmon.key.Keys, make, 2",
    "certmon.key.Keys, keep, 2",
    "certmon.certificate.Issuings, begin, 1",
    "certmon.issue.CaIssuer, advance, 1",
    "certmon.issue.Acceptance, examine, 1",
    "certmon.certificate.Revisions, insert, 1",
    "certmon.certificate.Issuings, end, 1",
    "kit.timeline.TimelineTable, insert, 2",
  })
  void aCertificateIsIssuedOnceWithTheKeyThatWasKept(String type, String step, int time)
      throws Exception {
    UUID certificate = replica.certificate(replica.ca());
    kill(type, step, time);

    replica.work();

    await().atMost(PATIENCE).until(() -> replica.revisions(certificate).size() == 1);
    Revised only = replica.revisions(certificate).getFirst();
    assertThat(only.status()).isEqualTo(Revised.Status.ACTIVE);
    assertItsKeyIsKept(only);
    assertThat(replica.only("select count(*) from private_key"))
        .as("the CA's and its own")
        .isEqualTo("2");
    assertThat(replica.only("select count(*) from issuance")).isEqualTo("0");
    assertThat(published(certificate)).isEqualTo("2 READY");
  }

  @KillPoints
  @CsvSource({
    "certmon.key.Keys, make, 1",
    "certmon.certificate.Issuings, begin, 1",
    "certmon.issue.CaIssuer, advance, 1",
    "certmon.certificate.Revisions, setStatus, 1",
    "certmon.certificate.Situation, answered, 1",
    "certmon.certificate.Issuings, end, 1",
  })
  void aRenewalThatWasAskedForIsMadeOnceAndTheOldOneIsUsedUntilThen(
      String type, String step, int time) throws Exception {
    UUID certificate = replica.certificate(replica.ca());
    replica.work();
    await().atMost(PATIENCE).until(() -> replica.revisions(certificate).size() == 1);
    replica.rest();
    replica.ask(certificate);
    kill(type, step, time);
    assertThat(replica.revisions(certificate))
        .as("before anybody goes on")
        .extracting(Revised::status)
        .containsExactly(Revised.Status.ACTIVE);

    replica.work();

    await().atMost(PATIENCE).until(() -> replica.revisions(certificate).size() == 2);
    List<Revised> both = replica.revisions(certificate);
    assertThat(both)
        .extracting(Revised::status)
        .containsExactly(Revised.Status.ACTIVE, Revised.Status.SUPERSEDED);
    for (Revised revision : both) {
      assertItsKeyIsKept(revision);
    }
    assertThat(replica.only("select count(*) from certificate where asked_at is not null"))
        .isEqualTo("0");
    assertThat(published(certificate)).isEqualTo("2 READY,3 READY");
  }

  private void assertItsKeyIsKept(Revised revision) throws Exception {
    assertThat(replica.key(Objects.requireNonNull(revision.keyId())).getPublic().getEncoded())
        .isEqualTo(Chain.fromPem(revision.chain()).leaf().getPublicKey().getEncoded());
  }

  private String published(UUID id) throws Exception {
    return replica.only(
        "select version || ' ' || (state::jsonb ->> 'state') from timeline where resource_id = '"
            + id
            + "' order by version");
  }

  private void kill(String type, String step, int time) throws SQLException {
    Victim victim =
        victims.start(
            Victim.of(IssuingReplica.class, replica.arguments())
                .killedAt("dev.perch." + type, step, time));
    victim.awaitHalt();
    assertThat(victim.isAlive()).isFalse();
    replica.leasesRunOut();
  }
}
