package dev.perch.certmon.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.contract.certmon.Issuer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An ACME server is away, and two replicas have certificates to ask of it. Time goes by in the
 * database: whatever waits there waits so much less.
 */
class AwayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Issuer.Rate FIVE_IN_FIFTY_SECONDS =
      new Issuer.Rate(5, Duration.ofSeconds(50));
  private static final int CERTIFICATES = 20;

  /** The JDK's client tries once more where it was turned away before it could speak. */
  private static final int KNOCKS = 2;

  @TempDir Path folder;
  private AcmeWorld world;
  private Road road;
  private IssuingReplica replica;
  private IssuingReplica other;

  @BeforeEach
  void open() throws Exception {
    world = new AcmeWorld(folder);
    road = new Road(world.pebble.directory());
    replica = IssuingReplica.fresh(folder.resolve("seal.keys"));
    other = replica.again();
  }

  @AfterEach
  void close() {
    other.close();
    replica.close();
    road.close();
    world.close();
  }

  @Test
  void anHourCostsAProbeEvery30SecondsAndNoStormComesAfterIt() throws Exception {
    road.block();
    UUID issuer = replica.acme(world.acme(road.to()), FIVE_IN_FIFTY_SECONDS);
    for (int i = 0; i < CERTIFICATES; i++) {
      var _ = replica.certificate(issuer, "h-" + i);
    }
    replica.work();
    other.work();
    await().atMost(PATIENCE).until(this::isIdle);
    assertThat(replica.only("select count(*) from issuer_pace where opened_at is not null"))
        .isEqualTo("1");
    int before = road.turnedAway();

    for (int i = 0; i < 120; i++) {
      pass(Duration.ofSeconds(30));
    }

    assertThat((road.turnedAway() - before) / KNOCKS).as("one in 30 s").isBetween(110, 122);
    assertThat(Integer.parseInt(replica.only("select max(attempt) from work_item")))
        .as("what all know is not counted for each")
        .isLessThanOrEqualTo(1);
    assertThat(replica.only("select count(*) from issuance")).isEqualTo("20");

    road.open();
    pass(Duration.ofSeconds(30));

    assertThat(world.orders()).as("at once").isBetween(5L, 7L);
    long orders = world.orders();
    while (orders < CERTIFICATES) {
      pass(Duration.ofSeconds(50));
      assertThat(world.orders() - orders).as("in 50 s").isBetween(1L, 7L);
      orders = world.orders();
    }
    await()
        .atMost(PATIENCE)
        .until(() -> replica.only("select count(*) from revision").equals("20"));
    assertThat(world.orders()).as("one for each").isEqualTo(CERTIFICATES);
    assertThat(replica.only("select count(*) from issuer_pace where failures > 0")).isEqualTo("0");
  }

  private void pass(Duration time) throws SQLException {
    replica.pass(time);
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(this::isIdle);
  }

  private boolean isIdle() throws SQLException {
    return replica.isIdle();
  }
}
