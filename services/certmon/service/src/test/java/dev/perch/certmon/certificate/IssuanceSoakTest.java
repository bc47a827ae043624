package dev.perch.certmon.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.certmon.issue.Chain;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replicas are killed one after the other at steps that nobody chose, while certificates of an ACME
 * server are issued and renewed: a few times here, {@code ./perch soak certmon --kills 200} as
 * often as it says. What is drawn follows from {@code perch.soak.seed}, which is printed.
 */
class IssuanceSoakTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int CERTIFICATES = 6;

  /** So many of the newest are kept with their keys. */
  private static final int KEPT = 5;

  /** Of issuing and of renewing; each is come to several times by each certificate. */
  private static final List<Point> POINTS =
      List.of(
          new Point("certmon.key.Keys", "make"),
          new Point("certmon.key.Keys", "keep"),
          new Point("certmon.certificate.Issuings", "begin"),
          new Point("certmon.certificate.Issuings", "advance"),
          new Point("certmon.certificate.Issuings", "end"),
          new Point("certmon.issue.AcmeOrder", "order"),
          new Point("certmon.issue.AcmeOrder", "choose"),
          new Point("certmon.issue.AcmeOrder", "answer"),
          new Point("certmon.issue.AcmeOrder", "conclude"),
          new Point("certmon.issue.AcmeOrder", "collect"),
          new Point("certmon.issue.Acceptance", "examine"),
          new Point("certmon.certificate.Revisions", "insert"),
          new Point("certmon.certificate.Revisions", "setStatus"),
          new Point("certmon.certificate.Situation", "answered"),
          new Point("kit.timeline.TimelineTable", "insert"));

  private record Point(String type, String step) {}

  @RegisterExtension final Victims victims = new Victims();
  @TempDir Path folder;
  private final long seed = Long.getLong("perch.soak.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private IssuingReplica replica;
  private AcmeWorld world;

  @BeforeEach
  void open() throws Exception {
    world = new AcmeWorld(folder);
    replica = IssuingReplica.fresh(folder.resolve("seal.keys"));
  }

  @AfterEach
  void close() {
    replica.close();
    world.close();
  }

  @Test
  void noKeyIsLostNoGoodCertificateIsReplacedByAWorseOneAndOrdersAreNotRepeated() throws Exception {
    int kills = Integer.getInteger("perch.soak.kills", 4);
    System.out.println("perch.soak.seed=" + seed);
    // So fast that its turns keep nobody waiting.
    UUID issuer = replica.acme(world.acme(), new Issuer.Rate(1000, Duration.ofSeconds(1)));
    List<UUID> certificates = new ArrayList<>();
    for (int i = 0; i < CERTIFICATES; i++) {
      certificates.add(replica.certificate(issuer, "h-" + i));
    }
    for (int i = 0; i < kills; i++) {
      Point point = POINTS.get(random.nextInt(POINTS.size()));
      int time = 1 + random.nextInt(3);
      Victim victim =
          victims.start(
              Victim.of(IssuingReplica.class, replica.arguments())
                  .killedAt("dev.perch." + point.type(), point.step(), time));
      await().atMost(PATIENCE).until(() -> !victim.isAlive() || askedForMore(certificates));
      System.out.printf(
          "kill %d/%d %s.%s, time %d%n", i + 1, kills, point.type(), point.step(), time);
      for (UUID certificate : certificates) {
        assertThatKeysAreThere(certificate);
      }
    }
    replica.work();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                replica.only("select count(*) from issuance").equals("0")
                    && replica
                        .only("select count(*) from certificate where asked_at is not null")
                        .equals("0")
                    && replica
                        .only("select count(*) from revision where status = 'ACTIVE'")
                        .equals(Integer.toString(CERTIFICATES)));
    int revisions = 0;
    for (UUID certificate : certificates) {
      assertThatKeysAreThere(certificate);
      assertThatTheLastOneIsUsed(certificate);
      revisions += replica.revisions(certificate).size();
    }
    assertThat(world.orders())
        .as("an order that was killed before it was known of is made once more, and no other")
        .isBetween((long) revisions, (long) revisions + kills);
  }

  /** While the victim finds nothing to do it is given more; false: it is still to be waited for. */
  private boolean askedForMore(List<UUID> certificates) throws Exception {
    if (replica.isIdle()) {
      replica.ask(certificates.get(random.nextInt(CERTIFICATES)));
    }
    return false;
  }

  private void assertThatKeysAreThere(UUID certificate) throws Exception {
    for (Revised revision : replica.revisions(certificate).stream().limit(KEPT).toList()) {
      assertThat(replica.key(Objects.requireNonNull(revision.keyId())).getPublic().getEncoded())
          .isEqualTo(Chain.fromPem(revision.chain()).leaf().getPublicKey().getEncoded());
    }
  }

  private void assertThatTheLastOneIsUsed(UUID certificate) throws Exception {
    List<Revised> all = replica.revisions(certificate);
    Revised newest = all.stream().max(Comparator.comparingInt(Revised::number)).orElseThrow();
    assertThat(all)
        .filteredOn(one -> one.status() == Revised.Status.ACTIVE)
        .as("one is used, and it is the newest")
        .containsExactly(newest);
    assertThat(all)
        .as("none ends later than the one that is used")
        .allMatch(one -> !one.notAfter().isAfter(newest.notAfter()));
    assertThat(all)
        .extracting(Revised::number)
        .as("each was made once")
        .doesNotHaveDuplicates()
        .hasSize(newest.number());
  }
}
