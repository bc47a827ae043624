package dev.perch.certmon.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.certmon.KillPoints;
import dev.perch.certmon.host.HostSide;
import dev.perch.certmon.issue.Chain;
import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.CsvSource;

/** A replica is killed at a step of issuing for a host and publishing there; another goes on. */
class PublishingDeathTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension final Victims victims = new Victims();
  @TempDir Path folder;
  private final HostSide host = new HostSide();
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
    "certmon.host.HostKeys, ask, 1",
    "certmon.host.HostDocuments, put, 2",
    "certmon.certificate.CertificateLedger, goOn, 1",
    "certmon.host.HostRequest, flaws, 1",
    "certmon.host.HostKeys, take, 1",
    "certmon.certificate.Issuings, begin, 1",
    "certmon.issue.CaIssuer, advance, 1",
    "certmon.certificate.Revisions, insert, 1",
    "certmon.certificate.Issuings, end, 1",
    "certmon.host.FileSets, probe, 1",
    "certmon.host.Verdict, next, 5",
  })
  void aCertificateIsIssuedOnceForTheKeyThatTheHostWasAskedForOnce(
      String type, String step, int time) throws Exception {
    UUID certificate = replica.certificate(replica.ca(), host);
    kill(certificate, type, step, time);

    replica.work();

    awaitVerified(certificate, 1);
    Revised only = replica.revisions(certificate).getFirst();
    assertThat(replica.revisions(certificate)).hasSize(1);
    assertItIsForTheKeyOfTheHost(only);
    assertThat(replica.only("select count(*) from host_key")).isEqualTo("1");
    assertThat(replica.only("select count(*) from private_key")).as("the CA's").isEqualTo("1");
    assertThat(replica.only("select count(*) from issuance")).isEqualTo("0");
    assertThatGenerationsHaveNoGap();
  }

  @KillPoints
  @CsvSource({
    "certmon.host.HostKeys, ask, 1",
    "certmon.host.HostKeys, take, 1",
    "certmon.certificate.Revisions, setStatus, 1",
    "certmon.certificate.Issuings, end, 1",
    "certmon.certificate.CertificateLedger, published, 3",
  })
  void whatIsServedStaysUntilTheNextOneIsThere(String type, String step, int time)
      throws Exception {
    UUID certificate = replica.certificate(replica.ca(), host);
    replica.work();
    awaitVerified(certificate, 1);
    replica.rest();
    replica.ask(certificate);
    kill(certificate, type, step, time);
    assertThat(replica.only("select spec #>> '{files,1,key,name}' from host_document"))
        .as("before anybody goes on, the host has a key that there is a certificate for")
        .isIn(replica.revisions(certificate).stream().map(Revised::hostKey).toList());

    replica.work();

    awaitVerified(certificate, 2);
    List<Revised> both = replica.revisions(certificate);
    assertThat(both)
        .extracting(Revised::status)
        .containsExactly(Revised.Status.ACTIVE, Revised.Status.SUPERSEDED);
    for (Revised revision : both) {
      assertItIsForTheKeyOfTheHost(revision);
    }
    assertThat(replica.only("select count(*) from host_key")).isEqualTo("2");
    assertThatGenerationsHaveNoGap();
  }

  private void assertItIsForTheKeyOfTheHost(Revised revision) {
    assertThat(host.key(Objects.requireNonNull(revision.hostKey())).getPublic().getEncoded())
        .isEqualTo(Chain.fromPem(revision.chain()).leaf().getPublicKey().getEncoded());
  }

  private void assertThatGenerationsHaveNoGap() throws SQLException {
    List<String> published =
        List.of(
            replica
                .only(
                    "select version from outbox where state_topic = 'perch.certmon.host-desired'"
                        + " order by id")
                .split(","));
    assertThat(published)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, published.size()).mapToObj(Integer::toString).toList());
  }

  private void awaitVerified(UUID certificate, int revision) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              replica.play(host, certificate);
              return replica.only(
                  "select document #>> '{publications,0,state}' || ' '"
                      + " || (document #>> '{publications,0,revision}') from certificate");
            },
            ("VERIFIED " + revision)::equals);
  }

  private void kill(UUID certificate, String type, String step, int time) throws SQLException {
    Victim victim =
        victims.start(
            Victim.of(IssuingReplica.class, replica.arguments())
                .killedAt("dev.perch." + type, step, time));
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              replica.play(host, certificate);
              return !victim.isAlive();
            });
    victim.awaitHalt();
    replica.leasesRunOut();
  }
}
