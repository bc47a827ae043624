package dev.perch.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A relay dies, by SIGKILL, as it begins one of its steps; the next one takes over. */
class RelayDeathTest {
  private static final String HERE = "dev.perch.kit.outbox.";
  private static final int CHANGES = 1500;

  @RegisterExtension final Victims victims = new Victims();
  private Rig rig;

  @BeforeEach
  void changesWait() throws Exception {
    rig = Rig.fresh("death");
    for (int i = 0; i < CHANGES; i++) {
      rig.things.put("key-" + i % 50, "text " + i);
    }
    rig.things.remove("key-7");
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}.{1}, time {2}")
  @CsvSource({
    "Turn, begin, 1",
    "Turn, begin, 2",
    "RelaySession, take, 1",
    "RelaySession, take, 2",
    "RelaySession, announce, 1",
    "RelaySession, announce, 2",
    "Records, of, 1",
    "Records, of, 900",
    "Shipment, answered, 1",
    "Shipment, answered, 1500",
    "Shipment, isDelivered, 1",
    "Shipment, isDelivered, 2",
    "RelaySession, delete, 1",
    "RelaySession, delete, 2",
    "RelaySession, commit, 1",
    "RelaySession, commit, 2",
    "RelaySession, confirm, 1",
    "RelaySession, confirm, 2",
  })
  void losesNothingAndKeepsTheOrder(String type, String step, int time) throws Exception {
    Victim victim =
        victims.start(
            Victim.of(
                    RelayProcess.class,
                    RelayProcess.arguments(rig.database, rig.bootstrap, Rig.SETTLED))
                .killedAt(HERE + type, step, time));
    victim.awaitHalt();
    assertThat(victim.isAlive()).isFalse();

    rig.startRelay();
    rig.startSuspects();

    rig.awaitTruth();
    assertThat(rig.changes().stream().map(event -> event.headers().get("ce_id")).distinct())
        .hasSize(CHANGES + 1);
  }
}
