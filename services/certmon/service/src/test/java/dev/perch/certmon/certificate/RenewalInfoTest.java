package dev.perch.certmon.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.certmon.issue.Chain;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Renewal at the time the issuer suggests (RFC 9773). */
class RenewalInfoTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private AcmeWorld world;
  private IssuingReplica replica;
  private UUID certificate;

  @BeforeEach
  void open() throws Exception {
    world = new AcmeWorld(folder);
    replica = IssuingReplica.fresh(folder.resolve("seal.keys"));
    certificate = replica.certificate(replica.acme(world.acme()));
    replica.work();
    await().atMost(PATIENCE).until(() -> isAskedAbout(1));
  }

  @AfterEach
  void close() {
    replica.close();
    world.close();
  }

  @Test
  void aMomentOfTheSuggestedWindowIsPlanned() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                replica
                    .only(
                        """
                        select count(*) from certificate c
                        join renewal_info i on i.certificate_id = c.id
                        where (c.document ->> 'renewAt')::timestamptz between i.starts and i.ends
                        """)
                    .equals("1"));
  }

  @Test
  void aWindowThatWasMovedToNowIsARenewalThatSaysWhatItReplaces() throws Exception {
    // What ends in the same second is no later one.
    Instant first = replica.revisions(certificate).getFirst().notBefore();
    await().until(() -> Instant.now().isAfter(first.plusSeconds(2)));
    Instant now = Instant.now();
    suggest(now.minus(Duration.ofHours(2)), now.minus(Duration.ofHours(1)));

    askAgain();

    await().atMost(PATIENCE).until(() -> isAskedAbout(2));
    assertThat(replica.revisions(certificate))
        .extracting(Revised::status)
        .containsExactly(Revised.Status.ACTIVE, Revised.Status.SUPERSEDED);
    assertThat(world.pebble.output()).contains("is a replacement of");
    assertThat(world.orders()).isEqualTo(2);
  }

  @Test
  void whatMakesNoSenseChangesNothing() throws Exception {
    String before = replica.only("select starts from renewal_info");
    Instant now = Instant.now();
    suggest(now.minus(Duration.ofHours(1)), now.minus(Duration.ofHours(2)));

    askAgain();

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                replica
                    .only(
                        """
                        select count(*) from work_item where queue = 'renewal-info'
                          and due_at < clock_timestamp() + interval '61 minutes' and owner is null
                          and due_at > clock_timestamp() + interval '50 minutes'
                        """)
                    .equals("1"));
    assertThat(replica.only("select starts from renewal_info")).isEqualTo(before);
    assertThat(replica.revisions(certificate)).hasSize(1);
  }

  private void suggest(Instant start, Instant end) throws SQLException {
    Revised active = replica.revisions(certificate).getFirst();
    world.pebble.suggest(Chain.fromPem(active.chain()).leaf(), start, end);
  }

  /** As if six hours had gone by. */
  private void askAgain() throws SQLException {
    replica.wake(RenewalInfoWork.QUEUE, certificate);
  }

  private boolean isAskedAbout(int revision) throws SQLException {
    return replica.only("select number from renewal_info").equals("" + revision);
  }
}
