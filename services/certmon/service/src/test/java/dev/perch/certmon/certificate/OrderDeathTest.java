package dev.perch.certmon.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.certmon.KillPoints;
import dev.perch.certmon.issue.Chain;
import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.CsvSource;

/** A replica is killed with an order at an ACME server; another one goes on with that order. */
class OrderDeathTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension final Victims victims = new Victims();
  @TempDir Path folder;
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

  @KillPoints
  @CsvSource({
    "certmon.issue.AcmeOrder, choose, 1",
    "certmon.issue.AcmeOrder, answer, 1",
    "certmon.issue.AcmeOrder, conclude, 1",
    "certmon.issue.AcmeOrder, collect, 1",
  })
  void betweenOrderAndCertificateThereIsNoSecondOrder(String type, String step, int time)
      throws Exception {
    UUID certificate = replica.certificate(replica.acme(world.acme()));
    Victim victim =
        victims.start(
            Victim.of(IssuingReplica.class, replica.arguments())
                .killedAt("dev.perch." + type, step, time));
    victim.awaitHalt();
    replica.leasesRunOut();

    replica.work();

    await().atMost(PATIENCE).until(() -> replica.revisions(certificate).size() == 1);
    Revised only = replica.revisions(certificate).getFirst();
    assertThat(only.status()).isEqualTo(Revised.Status.ACTIVE);
    assertThat(replica.key(Objects.requireNonNull(only.keyId())).getPublic().getEncoded())
        .isEqualTo(Chain.fromPem(only.chain()).leaf().getPublicKey().getEncoded());
    assertThat(world.orders()).isEqualTo(1);
    assertThat(replica.only("select count(*) from private_key"))
        .as("the account's and its own")
        .isEqualTo("2");
  }
}
