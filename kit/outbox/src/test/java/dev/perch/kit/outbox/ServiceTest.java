package dev.perch.kit.outbox;

import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.perch.kit.embedded.Signal;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The parts put together in a Quarkus service. */
@QuarkusTest
@WithTestResource(Platform.class)
class ServiceTest {
  private static final String STATES = ThingRows.THINGS.state().name();
  private static final String CHANGES = ThingRows.THINGS.log().name();

  @Inject ThingRows things;
  @Inject StateSource states;
  @Inject Transactions transactions;

  @TestHTTPResource(value = "/health/group/dependencies", management = true)
  @SuppressWarnings("NullAway.Init")
  URL dependencies;

  @Test
  void publishesWhatAUseCaseCommitted() {
    UUID id = things.create("one").await().indefinitely();
    things.remove(id).await().indefinitely();

    List<Event> changes = Events.await(CHANGES, id, 2);
    List<Event> published = Events.await(STATES, id, 2);
    assertThatEvents(changes).areCloudEvents().areGapFreePerKey();
    assertThatEvents(published).areCloudEvents().areStrictlyOrderedPerKey();
    assertThat(published.getLast().isTombstone()).isTrue();
  }

  @Test
  void refusesAResourceThatIsTooLarge() {
    assertThatThrownBy(() -> things.create("x".repeat(Outbox.MAX_BYTES)).await().indefinitely())
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem()).isInstanceOf(Problem.TooLarge.class));
  }

  @Test
  void readsAndRepublishesTheEntitiesItHas() {
    UUID one = things.create("one").await().indefinitely();
    UUID two = things.create("two").await().indefinitely();
    Events.await(STATES, two, 1);

    assertThat(allVersions()).extracting(StateSource.Version::key).contains(key(one), key(two));
    String missing = UUID.randomUUID().toString();
    assertThat(states.republish(List.of(key(one), missing, key(two))))
        .isEqualTo(Set.of(key(one), key(two)));

    List<Event> twice = Events.await(STATES, two, 2);
    assertThat(twice.getFirst().headers().get("ce_id"))
        .isEqualTo(twice.getLast().headers().get("ce_id"));
  }

  private List<StateSource.Version> allVersions() {
    List<StateSource.Version> all = new ArrayList<>();
    @Nullable String after = null;
    List<StateSource.Version> page;
    do {
      page = states.versions(after, 1);
      all.addAll(page);
      after = page.isEmpty() ? null : page.getLast().key();
    } while (after != null);
    return all;
  }

  private static String key(UUID id) {
    return id.toString();
  }

  @Test
  void republishesEverythingWithANewEpochWhenAnAdminAsks() {
    UUID id = things.create("one").await().indefinitely();
    Events.await(STATES, id, 1);

    String run =
        given()
            .header("Authorization", "Bearer " + Tokens.admin().mint())
            .contentType(ContentType.JSON)
            .body("{\"newEpoch\":true}")
            .post("/v1/admin/republications")
            .then()
            .statusCode(202)
            .extract()
            .header("Location");

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                given()
                    .header("Authorization", "Bearer " + Tokens.admin().mint())
                    .get(run)
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("DONE")));
    List<Event> published = Events.await(STATES, id, 2);
    assertThat(published.getLast().place().epoch())
        .isGreaterThan(published.getFirst().place().epoch());
  }

  @Test
  void letsOnlyAdminsRepublish() {
    given()
        .header("Authorization", "Bearer " + Tokens.operator().mint())
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/v1/admin/republications")
        .then()
        .statusCode(403);
  }

  @Test
  void refusesAnOrderItDoesNotUnderstand() {
    given()
        .header("Authorization", "Bearer " + Tokens.admin().mint())
        .contentType(ContentType.JSON)
        .body("{\"newEpoch\":\"yes\",\"force\":true}")
        .post("/v1/admin/republications")
        .then()
        .statusCode(400)
        .body("violations.field", hasItem("/newEpoch"));
  }

  @Test
  void saysThatNothingIsSetAside() {
    given()
        .header("Authorization", "Bearer " + Tokens.admin().mint())
        .contentType(ContentType.JSON)
        .body("{\"topic\":\"perch.rows.things\",\"key\":\"none\"}")
        .post("/v1/admin/set-aside/releases")
        .then()
        .statusCode(404);
  }

  @Test
  void tellsThatItPublishesAmongTheDependencies() {
    await()
        .untilAsserted(
            () ->
                given()
                    .get(dependencies)
                    .then()
                    .body("checks.find { it.name == 'relay' }.status", equalTo("UP")));
  }

  @Test
  void endsATransactionWhoseDatabaseFallsSilent() {
    // Given a server process that freezes in the middle of a transaction, its connection open
    AtomicLong frozen = new AtomicLong();
    Uni<Object> waiting =
        transactions.run(
            session ->
                session
                    .createNativeQuery("select pg_backend_pid()", Object.class)
                    .getSingleResult()
                    .invoke(pid -> frozen.set(((Number) pid).longValue()))
                    .invoke(() -> assertThat(Signal.STOP.send(frozen.get())).isTrue())
                    .chain(
                        () ->
                            session.createNativeQuery("select 1", Object.class).getSingleResult()));
    try {
      // When the next statement gets no answer, then the request is told so
      assertThatThrownBy(() -> waiting.await().atMost(Duration.ofSeconds(30)))
          .hasStackTraceContaining("ClosedConnectionException");
    } finally {
      Signal.CONT.send(frozen.get());
    }

    // And the service goes on with another connection
    assertThat(things.create("after").await().atMost(Duration.ofSeconds(10))).isNotNull();
  }
}
