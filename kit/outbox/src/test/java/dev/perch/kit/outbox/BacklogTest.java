package dev.perch.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.perch.contract.Catalogue;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private Rig rig;
  private Things things;

  @BeforeEach
  void freshService() throws Exception {
    rig = Rig.fresh("backlog");
    things = rig.things;
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  @Test
  void measuresWhatWaits() throws Exception {
    Backlog backlog = backlog(new Backlog.Limits(100, Optional.empty(), 1));
    backlog.measure();
    assertThat(rig.meters.get("outbox.rows").gauge().value()).isZero();

    things.put("a", "one");
    things.put("a", "two");
    things.execute("update outbox set created_at = created_at - interval '40 s' where version = 1");
    backlog.measure();

    assertThat(rig.meters.get("outbox.rows").gauge().value()).isEqualTo(2);
    assertThat(rig.meters.get("outbox.oldest.age").gauge().value()).isBetween(40.0, 60.0);
    assertThat(rig.troubles.raised()).isEmpty();
  }

  @Test
  void raisesAnAlarmWhileTheOldestChangeWaitsForMoreThanAMinute() throws Exception {
    Backlog backlog = backlog(new Backlog.Limits(100, Optional.empty(), 1));
    things.put("a", "one");
    things.execute("update outbox set created_at = created_at - interval '61 s'");

    backlog.measure();
    assertThat(rig.troubles.raised()).containsExactly("relay-stuck outbox");

    rig.startRelay();
    rig.awaitDrained();
    backlog.measure();
    assertThat(rig.troubles.raised()).isEmpty();
  }

  @Test
  void aFullOutboxTakesNoChangeButAlarmsUntilItIsDrained() throws Exception {
    Backlog backlog = backlog(new Backlog.Limits(3, Optional.empty(), 1));
    for (int i = 0; i < 3; i++) {
      things.put("a", "text " + i);
    }
    backlog.measure();

    assertThatThrownBy(() -> things.put("a", "one too many"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem()).isInstanceOf(Problem.Unavailable.class);
              assertThat(e.problem().retryAfter()).isNotNull();
            });
    assertThat(things.table()).containsEntry("a", 3L);
    assertThat(rig.troubles.raised()).containsExactly("outbox-full outbox");
    things
        .database()
        .run(
            connection -> {
              things.outbox.append(
                  connection,
                  new Change(
                      Catalogue.ALARMS,
                      "things/outbox-full/outbox",
                      1,
                      null,
                      "raised",
                      "{}",
                      "{}"));
            });

    things.execute("delete from outbox");
    await().untilAsserted(() -> assertThat(remeasured(backlog)).isEmpty());
    things.put("a", "taken again");
  }

  @Test
  void aRowThatWasPutBackDoesNotMakeItLookFull() throws Exception {
    Backlog backlog = backlog(new Backlog.Limits(100, Optional.empty(), 1));
    things.put("a", "set aside long ago");
    things.number("select setval('outbox_id_seq', 5000)");
    things.put("b", "now");

    backlog.measure();

    assertThat(rig.meters.get("outbox.rows").gauge().value()).isEqualTo(2);
    assertThat(rig.troubles.raised()).isEmpty();
  }

  @Test
  void aFullDiskClosesTheOutboxToo() throws Exception {
    Backlog backlog = backlog(new Backlog.Limits(100, Optional.of(Path.of("/")), 0.0001));

    backlog.measure();

    assertThatThrownBy(() -> things.put("a", "one"))
        .hasMessageContaining("disk")
        .isInstanceOf(ProblemException.class);
  }

  private Set<String> remeasured(Backlog backlog) throws Exception {
    backlog.measure();
    return rig.troubles.raised();
  }

  private Backlog backlog(Backlog.Limits limits) {
    return new Backlog(things.database(), things.capacity, limits, rig.meters, rig.troubles);
  }
}
