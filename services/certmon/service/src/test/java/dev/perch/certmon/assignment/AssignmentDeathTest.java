package dev.perch.certmon.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.certmon.KillPoints;
import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.CsvSource;

/** A replica is killed while it follows a rule; another one goes on. */
class AssignmentDeathTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Map<String, String> WEB = Map.of("role", "web");
  private static final UUID FIRST = new UUID(2, 1);
  private static final UUID SECOND = new UUID(2, 2);

  private static final String LIVES =
      "select c.document ->> 'life' from certificate c join assignment a on a.certificate_id = c.id"
          + " order by a.host_id";

  @RegisterExtension final Victims victims = new Victims();
  @TempDir Path folder;
  private RulingReplica replica;

  @BeforeEach
  void open() throws Exception {
    replica = RulingReplica.fresh(folder.resolve("seal.keys"));
  }

  @AfterEach
  void close() {
    replica.close();
  }

  @KillPoints
  @CsvSource({
    "certmon.assignment.Assignments, of, 1",
    "certmon.assignment.RuleWork, wake, 2",
    "certmon.assignment.Draft, of, 1",
    "kit.timeline.TimelineTable, insert, 1",
    "certmon.assignment.Assignments, insert, 1",
    "certmon.certificate.RuledCertificates, committed, 1",
    "certmon.assignment.Assignments, insert, 2",
  })
  void eachHostHasOneCertificate(String type, String step, int time) throws Exception {
    replica.told(FIRST, 1, WEB);
    replica.told(SECOND, 1, WEB);
    replica.rule();
    kill(type, step, time);

    replica.work();

    await().atMost(PATIENCE).until(replica::isIdle);
    assertThat(replica.only(LIVES)).isEqualTo("PT720H,PT720H");
    assertThat(replica.only("select count(*) from certificate")).isEqualTo("2");
    assertThat(replica.only("select count(*) from timeline where kind = 'certificate'"))
        .isEqualTo("2");
    assertThat(replica.only("select count(*) from work_item where queue = 'certificates'"))
        .isEqualTo("2");
  }

  @KillPoints
  @CsvSource({
    "certmon.assignment.RuleWork, wake, 1",
    "certmon.certificate.Next, specified, 1",
    "kit.timeline.TimelineTable, insert, 1",
    "certmon.certificate.RuledCertificates, committed, 1",
  })
  void aChangeOfTheRuleReachesEachCertificateOnce(String type, String step, int time)
      throws Exception {
    replica.told(FIRST, 1, WEB);
    replica.told(SECOND, 1, WEB);
    UUID rule = replica.rule();
    settled();
    replica.change(rule, Duration.ofDays(60));
    kill(type, step, time);

    replica.work();

    await().atMost(PATIENCE).until(() -> replica.only(LIVES).equals("PT1440H,PT1440H"));
    await().atMost(PATIENCE).until(replica::isIdle);
    assertThat(
            replica.only(
                "select version from timeline where kind = 'certificate'"
                    + " order by version, resource_id"))
        .isEqualTo("1,1,2,2");
  }

  @KillPoints
  @CsvSource({
    "certmon.assignment.Assignments, matched, 1",
    "certmon.certificate.RuledCertificates, remove, 1",
    "certmon.certificate.Removal, remove, 1",
    "kit.timeline.TimelineTable, insert, 1",
  })
  void aHostThatDoesNotMatchAnyMoreHasNone(String type, String step, int time) throws Exception {
    replica.told(FIRST, 1, WEB);
    replica.told(SECOND, 1, WEB);
    replica.rule();
    settled();
    replica.told(FIRST, 2, Map.of("role", "db"));
    kill(type, step, time);

    replica.work();

    await().atMost(PATIENCE).until(replica::isIdle);
    assertThat(replica.only("select host_id from assignment")).isEqualTo(SECOND.toString());
    assertThat(
            replica.only(
                "select operation from timeline where kind = 'certificate' and what = 'deleted'"))
        .isEqualTo("rule.unmatch");
  }

  @KillPoints
  @CsvSource({
    "certmon.assignment.RuleWork, wake, 1",
    "certmon.certificate.Removal, remove, 1",
    "certmon.certificate.RuledCertificates, committed, 1",
  })
  void ofARemovedRuleNothingIsLeft(String type, String step, int time) throws Exception {
    replica.told(FIRST, 1, WEB);
    replica.told(SECOND, 1, WEB);
    UUID rule = replica.rule();
    settled();
    replica.remove(rule);
    kill(type, step, time);

    replica.work();

    await().atMost(PATIENCE).until(replica::isIdle);
    assertThat(replica.only("select count(*) from certificate")).isEqualTo("0");
    assertThat(replica.only("select count(*) from assignment")).isEqualTo("0");
    assertThat(
            replica.only(
                "select operation from timeline where kind = 'certificate' and what = 'deleted'"))
        .isEqualTo("rule.removed,rule.removed");
  }

  /** As after a slip of somebody's hand: it is taken back before anything came of it. */
  @Test
  void aHostThatMatchesAgainInTimeKeepsItsCertificate() throws Exception {
    replica.told(FIRST, 1, WEB);
    replica.rule();
    settled();
    String before = replica.only("select id from certificate");
    String unmatched = "select count(*) from assignment where unmatched_at is not null";
    try (RulingReplica patient = replica.patient()) {
      patient.work();
      replica.told(FIRST, 2, Map.of());
      await().atMost(PATIENCE).until(() -> replica.only(unmatched).equals("1"));

      replica.told(FIRST, 3, WEB);

      await().atMost(PATIENCE).until(replica::isIdle);
    }
    assertThat(replica.only("select id from certificate")).isEqualTo(before);
    assertThat(replica.only(unmatched)).isEqualTo("0");
  }

  @Test
  void whatIsToldOfAHostAgainIsNoWork() throws Exception {
    replica.told(FIRST, 1, WEB);
    replica.rule();
    settled();

    replica.told(FIRST, 2, WEB);

    assertThat(replica.isIdle()).isTrue();
  }

  private void settled() throws Exception {
    replica.work();
    await().atMost(PATIENCE).until(replica::isIdle);
    replica.rest();
  }

  private void kill(String type, String step, int time) throws SQLException {
    Victim victim =
        victims.start(
            Victim.of(RulingReplica.class, replica.arguments())
                .killedAt("dev.perch." + type, step, time));
    victim.awaitHalt();
    assertThat(victim.isAlive()).isFalse();
    replica.leasesRunOut();
  }
}
