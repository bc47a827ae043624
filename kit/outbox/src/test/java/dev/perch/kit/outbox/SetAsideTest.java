package dev.perch.kit.outbox;

import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.testkit.TestKafka;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A topic takes only small records. */
class SetAsideTest {
  private static final String LARGE = "x".repeat(3000);

  private Rig rig;
  private Things things;
  private String alarm;

  @BeforeEach
  void smallRecordsOnly() throws Exception {
    rig = Rig.fresh("aside");
    things = rig.things;
    alarm = "outbox-row-refused " + things.stateTopic() + "/large";
    limitStates("2000");
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  @Test
  void aRefusedChangeWaitsWithTheLaterOnesOfItsKeyAndTheOthersGoOn() throws Exception {
    refuseOne();

    assertThat(rig.published()).isEqualTo(Map.of("large", 1L, "other", 2L));
    assertThat(rig.troubles.raised()).containsExactly(alarm);
    assertThat(rig.troubles.text("outbox-row-refused", things.stateTopic() + "/large"))
        .contains("RecordTooLarge");
    assertThat(rig.setAside.list())
        .singleElement()
        .satisfies(
            waiting -> {
              assertThat(waiting.key()).isEqualTo("large");
              assertThat(waiting.rows()).isEqualTo(3);
            });
  }

  @Test
  void aReleaseOfWhatIsStillRefusedSetsItAsideAgain() throws Exception {
    refuseOne();

    assertThat(rig.setAside.release(things.stateTopic(), "large")).isEqualTo(3);

    await().atMost(30, SECONDS).until(() -> rig.troubles.raised().contains(alarm));
    await().atMost(30, SECONDS).untilAsserted(() -> assertThat(rig.setAside.list()).hasSize(1));
    assertThat(things.waiting()).isZero();
  }

  @Test
  void aReleasePublishesInTheOldOrderOnceTheBrokerTakesIt() throws Exception {
    refuseOne();
    limitStates("1000000");

    assertThat(rig.setAside.release(things.stateTopic(), "large")).isEqualTo(3);
    things.put("large", "newest");

    rig.awaitDrained();
    assertThat(rig.published()).isEqualTo(things.table());
    assertThatEvents(rig.states()).areGapFreePerKey();
    assertThatEvents(rig.changes()).areGapFreePerKey();
    assertThat(rig.troubles.raised()).isEmpty();
    assertThat(rig.setAside.release(things.stateTopic(), "large")).isZero();
  }

  /** One batch with a record that is refused between others, and a later batch. */
  private void refuseOne() throws Exception {
    things.put("large", "small still");
    things.put("other", "text");
    things.put("large", LARGE);
    things.put("large", "small again");
    things.put("other", "text");
    rig.startRelay();
    rig.awaitDrained();
    things.put("large", "behind");
    rig.awaitDrained();
  }

  private void limitStates(String bytes) throws Exception {
    try (Admin admin = TestKafka.admin()) {
      TopicConfig.set(admin, things.stateTopic(), "max.message.bytes", bytes);
    }
  }
}
