package dev.perch.kit.alarms;

import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.Catalogue;
import dev.perch.contract.EventHeaders;
import dev.perch.contract.alarm.Severity;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.TestPostgres;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class AlarmsTest {
  private static final String STUCK = "consumer-stuck";

  @Inject Alarms alarms;
  @Inject AlarmStates states;
  @Inject dev.perch.kit.inbox.Troubles inboxTroubles;
  @Inject dev.perch.kit.outbox.Troubles outboxTroubles;

  /** Each test has an entity of its own; it holds a slash, as many do. */
  private final String entity = "e/" + UUID.randomUUID();

  private final String id = "probe/" + STUCK + "/" + entity;

  @AfterEach
  void startDatabase() {
    TestPostgres.start();
  }

  @Test
  void aRaisedAlarmIsListedAndPublished() {
    // When a consumer says that it is stuck
    inboxTroubles.raise(STUCK, entity, "the database is away");

    // Then the list has it with what the catalogue says of it
    JsonPath alarm = awaitVersion(1);
    assertThat(alarm.getString("id")).isEqualTo(id);
    assertThat(alarm.getString("severity")).isEqualTo("MAJOR");
    assertThat(alarm.getString("text")).isEqualTo("the database is away");
    assertThat(alarm.getString("proposedRepair")).isNotBlank();
    assertThat(listed()).containsExactly(id);

    // And so have the topics
    Events.await(Catalogue.ALARMS.state().name(), on -> of(on).size() == 1);
    List<Event> log = Events.await(Catalogue.ALARMS.log().name(), on -> of(on).size() == 1);
    assertThatEvents(of(log)).areCloudEvents().matchTheirSchemas();
    assertThat(type(of(log).getFirst())).isEqualTo("dev.perch.platform.alarm.raised.v1");
  }

  @Test
  void theSameFindingAgainChangesNothing() {
    outboxTroubles.raise(STUCK, entity, "away");
    awaitVersion(1);

    // When it is found again, and then something else
    for (int i = 0; i < 20; i++) {
      alarms.raise(STUCK, entity, "away");
    }
    alarms.raise(STUCK, entity, "still away");

    // Then that is the second version
    assertThat(awaitText("still away").getLong("version")).isEqualTo(2);
  }

  @Test
  void aClearedAlarmIsATombstoneAndGoesOnWithItsVersions() {
    // Given an alarm that changed
    alarms.raise(STUCK, entity, "one");
    awaitVersion(1);
    alarms.raise(STUCK, entity, "two");
    String raisedAt = awaitVersion(2).getString("raisedAt");

    // When it is cleared
    alarms.clear(STUCK, entity);
    JsonPath cleared = awaitVersion(3);

    // Then it is in no list, and its topic has a tombstone
    assertThat(cleared.getString("raisedAt")).isEqualTo(raisedAt);
    assertThat(cleared.getString("clearedAt")).isNotNull();
    assertThat(listed()).isEmpty();
    Events.await(
        Catalogue.ALARMS.state().name(),
        on -> !of(on).isEmpty() && of(on).getLast().value() == null);

    // And when it is raised again, it is the same alarm with the next version
    alarms.raise(STUCK, entity, "again");
    JsonPath again = awaitVersion(4);
    assertThat(again.getString("clearedAt")).isNull();
    assertThat(again.getString("raisedAt")).isGreaterThan(raisedAt);

    List<Event> log = of(Events.await(Catalogue.ALARMS.log().name(), on -> of(on).size() == 4));
    assertThatEvents(log)
        .areCloudEvents()
        .matchTheirSchemas()
        .areGapFreePerKey()
        .areStrictlyOrderedPerKey();
    assertThat(log)
        .extracting(event -> type(event).replaceAll(".*alarm\\.(.*)\\.v1", "$1"))
        .containsExactly("raised", "changed", "cleared", "raised");
    List<Event> state = of(Events.await(Catalogue.ALARMS.state().name(), on -> of(on).size() == 4));
    assertThatEvents(state).areCloudEvents().matchTheirSchemas().areStrictlyOrderedPerKey();
  }

  @Test
  void clearingWhatIsNotActiveAndRaisingWhatIsUnknownDoNothing() {
    alarms.clear(STUCK, entity);
    alarms.raise("no-such-alarm", entity, "x");
    alarms.raise(STUCK, entity, "with \0 in it");
    assertThat(awaitVersion(1).getString("text")).isEqualTo("with \uFFFD in it");
  }

  @Test
  void whileTheDatabaseIsAwayTheNewestFindingIsKept() {
    // Given a database that is away
    TestPostgres.kill();

    // When findings come, then raising them takes no time
    long before = System.nanoTime();
    for (int i = 1; i <= 1000; i++) {
      alarms.raise(STUCK, entity, "attempt " + i);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));

    // And when it is back, the newest one is there; of the others at most the one in work was
    TestPostgres.start();
    assertThat(awaitText("attempt 1000").getLong("version")).isLessThanOrEqualTo(2);
  }

  @Test
  void theAuditSeesActiveAlarmsAndCanPublishThemAgain() {
    // Given an active and a cleared alarm
    alarms.raise(STUCK, entity, "active");
    awaitVersion(1);
    Events.await(Catalogue.ALARMS.state().name(), on -> of(on).size() == 1);
    String other = "probe/" + STUCK + "/" + entity + "/cleared";
    alarms.raise(STUCK, entity + "/cleared", "x");
    alarms.clear(STUCK, entity + "/cleared");
    alarms.raise(STUCK, entity, "active still");
    awaitVersion(2);

    // When the audit asks
    List<String> keys = states.versions(null, 1000).stream().map(version -> version.key()).toList();

    // Then it is told of the active one
    assertThat(keys).contains(id).doesNotContain(other).isSorted();
    assertThat(states.versions(id, 1000)).noneMatch(version -> version.key().compareTo(id) <= 0);
    assertThat(states.owns(id)).isTrue();
    assertThat(states.owns("other/" + STUCK + "/x")).isFalse();

    // And it can have it published again, with the version it has
    assertThat(states.republish(List.of(id, other))).containsExactly(id);
    List<Event> state = of(Events.await(Catalogue.ALARMS.state().name(), on -> of(on).size() == 3));
    assertThat(state.getLast().place().sequence()).isEqualTo(2);
  }

  @Test
  void anAlarmOfAnotherSiteIsNotShown() {
    UUID site = UUID.randomUUID();
    alarms.raise(Finding.of(STUCK, entity, "x").at(site).as(Severity.WARNING));
    awaitVersion(1);

    String limited = Tokens.viewer().atSites(UUID.randomUUID()).mint();
    given().auth().oauth2(limited).get("/v1/alarms/" + id).then().statusCode(404);
    given()
        .auth()
        .oauth2(Tokens.viewer().atSites(site).mint())
        .get("/v1/alarms/" + id)
        .then()
        .statusCode(200);
    assertThat(
            given()
                .auth()
                .oauth2(limited)
                .queryParam("entity", entity)
                .get("/v1/alarms")
                .jsonPath()
                .getList("items"))
        .isEmpty();
  }

  private List<String> listed() {
    return given()
        .auth()
        .oauth2(Tokens.viewer().mint())
        .queryParam("entity", entity)
        .get("/v1/alarms")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("items.id");
  }

  private List<Event> of(List<Event> events) {
    return events.stream().filter(event -> id.equals(event.key())).toList();
  }

  private static String type(Event event) {
    return event.header(EventHeaders.TYPE).orElseThrow();
  }

  private JsonPath awaitVersion(long version) {
    return AlarmsOverHttp.await(id, alarm -> alarm.getLong("version") == version);
  }

  private JsonPath awaitText(String text) {
    return AlarmsOverHttp.await(id, alarm -> text.equals(alarm.getString("text")));
  }
}
