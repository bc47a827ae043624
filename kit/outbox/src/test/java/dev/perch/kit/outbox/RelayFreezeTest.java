package dev.perch.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A relay stands still in the middle of a batch, for longer than the database waits for it. */
class RelayFreezeTest {
  @RegisterExtension final Victims victims = new Victims();
  private Rig rig;

  @BeforeEach
  void changesWait() throws Exception {
    rig = Rig.fresh("freeze");
    for (int i = 0; i < 600; i++) {
      rig.things.put("key-" + i % 20, "text " + i);
    }
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}.{1}, time {2}")
  @CsvSource({
    "Records, of, 300, SOME",
    "Shipment, answered, 100, PERHAPS",
    "RelaySession, delete, 1, NONE",
  })
  void whatItStillSendsAfterItsSuccessorDoesNotLast(String type, String step, int time, Late late)
      throws Exception {
    Victim frozen =
        victims.start(
            Victim.of(
                    RelayProcess.class,
                    RelayProcess.arguments(rig.database, rig.bootstrap, Rig.SETTLED))
                .frozenAt("dev.perch.kit.outbox." + type, step, time));
    frozen.awaitHalt();

    // The successor waits until the database ends the frozen relay's transaction.
    rig.startRelay();
    rig.startSuspects();
    for (int i = 0; i < 100; i++) {
      rig.things.put("key-" + i % 20, "later " + i);
    }
    rig.things.remove("key-3");
    rig.awaitTruth();
    List<Event> before = rig.states();

    frozen.thaw();
    rig.things.put("key-1", "after the thaw");
    awaitThatItWorksAgain(frozen);

    rig.awaitTruth();
    switch (late) {
      case SOME -> assertThat(rig.outdatedSince(before)).isNotEmpty();
      case PERHAPS -> {}
      case NONE -> assertThat(rig.outdatedSince(before)).isEmpty();
    }
  }

  /**
   * What the frozen relay still has to send when it goes on; a test of nothing late proves little.
   */
  enum Late {
    SOME,
    /** Those of the wave whose acknowledgement was coming in. */
    PERHAPS,
    NONE
  }

  /** It is alive, has reported what it left in doubt, and takes its turns again. */
  private void awaitThatItWorksAgain(Victim relay) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                rig.things.number(
                        """
                        select count(*) from pg_stat_activity
                        where application_name = 'perch-outbox-relay'
                          and datname = current_database() and query = 'ROLLBACK'
                        """)
                    == 2);
    assertThat(relay.isAlive()).isTrue();
  }
}
