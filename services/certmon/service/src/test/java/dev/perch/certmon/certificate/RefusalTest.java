package dev.perch.certmon.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An issuer gives less than what is in use. */
class RefusalTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private IssuingReplica replica;
  private UUID certificate;

  @BeforeEach
  void issueOne() throws Exception {
    replica = IssuingReplica.fresh(folder.resolve("seal.keys"));
    certificate = replica.certificate(replica.ca());
    replica.work();
    await().atMost(PATIENCE).until(() -> replica.revisions(certificate).size() == 1);
    replica.rest();
  }

  @AfterEach
  void close() {
    replica.close();
  }

  @Test
  void whatIsWorseIsRejectedAndTheOneInUseStays() throws Exception {
    theCaSignsForAnHourOnly();
    theRenewalIsDue();
    IssuingReplica later = replica.again();

    later.work();

    await().atMost(PATIENCE).until(() -> later.revisions(certificate).size() == 2);
    later.close();
    assertThat(replica.revisions(certificate))
        .extracting(Revised::status)
        .containsExactly(Revised.Status.REJECTED, Revised.Status.ACTIVE);
    assertThat(replica.revisions(certificate).getFirst().flaws())
        .contains("TOO_SHORT")
        .contains("NO_BETTER");
    assertThat(
            replica.only(
                "select document #>> '{failure,code}' || ' ' || (document #>> '{revision,number}')"
                    + " from certificate"))
        .isEqualTo("refused 1");
    assertThat(
            replica.only(
                "select due_at > now() + interval '1 hour' from work_item"
                    + " where queue = 'certificates'"))
        .as("it is not asked for again and again")
        .isEqualTo("t");
  }

  private void theCaSignsForAnHourOnly() throws Exception {
    replica.update(
        "update issuer set document = jsonb_set(document, '{ca,longestLife}', '\"PT1H\"')");
  }

  private void theRenewalIsDue() throws Exception {
    replica.update(
        "update revision set not_before = now() - interval '80 days',"
            + " not_after = now() + interval '10 days'");
    replica.wake(CertificateWork.QUEUE, certificate);
  }
}
