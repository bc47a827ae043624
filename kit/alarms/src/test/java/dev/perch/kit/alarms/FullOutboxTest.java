package dev.perch.kit.alarms;

import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;

import dev.perch.contract.Catalogue;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FullOutboxTest.TakesNoRow.class)
@WithTestResource(Platform.class)
class FullOutboxTest {
  @Inject Alarms alarms;

  /** An outbox that is always full, in a service whose keys the shared topic does not have yet. */
  public static final class TakesNoRow implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("perch.outbox.max-rows", "0", "perch.service", "full");
    }
  }

  @Test
  void anAlarmIsRaisedAlthoughTheOutboxIsFull() {
    // Given an outbox that says so itself
    AlarmsOverHttp.awaitAny("outbox-full");

    // When something else is found wrong
    String entity = UUID.randomUUID().toString();
    String id = "full/dead-letters/" + entity;
    alarms.raise("dead-letters", entity, "x");

    // Then it is an alarm too, and is published
    AlarmsOverHttp.await(id, alarm -> alarm.getLong("version") == 1);
    assertThatEvents(Events.await(Catalogue.ALARMS.log().name(), id, 1)).matchTheirSchemas();
  }
}
