package dev.perch.kit.web.app;

import static dev.perch.kit.web.app.Client.operator;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.TestKafka;
import dev.perch.kit.testkit.Tokens;
import dev.perch.kit.web.watch.LogWriter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class WatchTest {
  private static final String WATCH = "/v1/things?watch=true";

  private final LogWriter writer = new LogWriter(ThingResource.LOG);

  @BeforeEach
  void awaitFeed() {
    TestKafka.create(ThingResource.LOG);
    await().untilAsserted(() -> assertThat(listCursor()).isNotNull());
  }

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void aWatchStreamsWhatHappens() throws Exception {
    try (Sse sse = watch(WATCH)) {
      assertThat(sse.status()).isEqualTo(200);
      assertThat(sse.header("Content-Type")).isEqualTo("text/event-stream");
      assertThat(sse.header("Cache-Control")).isEqualTo("no-store");
      await().untilAsserted(() -> assertThat(sse.lastEventId()).isNotEmpty());

      List<String> written = writer.write(50);

      await()
          .untilAsserted(() -> assertThat(sse.data()).containsExactlyInAnyOrderElementsOf(written));
    }
  }

  @Test
  void aListsCursorAndTheLastEventsIdBothResume() throws Exception {
    String cursor = listCursor();
    List<String> written = writer.write(50);
    String last;
    try (Sse sse = watch(WATCH + "&cursor=" + cursor)) {
      await()
          .untilAsserted(() -> assertThat(sse.data()).containsExactlyInAnyOrderElementsOf(written));
      last = sse.lastEventId();
    }
    List<String> more = writer.write(10);

    try (Sse sse =
        Sse.open(
            Tokens.viewer().mint(), WATCH + "&cursor=" + cursor, Map.of("Last-Event-ID", last))) {
      await().untilAsserted(() -> assertThat(sse.data()).containsExactlyInAnyOrderElementsOf(more));
    }
  }

  @Test
  void aCallerGetsTheEventsOfItsSitesOnly() throws Exception {
    UUID own = UUID.randomUUID();
    try (Sse sse = Sse.open(Tokens.viewer().atSites(own).mint(), WATCH, Map.of())) {
      await().untilAsserted(() -> assertThat(sse.lastEventId()).isNotEmpty());

      writer.write("theirs", UUID.randomUUID());
      writer.write("mine", own);

      await().untilAsserted(() -> assertThat(sse.data()).containsExactly("mine"));
    }
  }

  @Test
  void aStreamEndsWhenItsTokenExpires() throws Exception {
    String token =
        Tokens.viewer().withClaim("exp", Instant.now().plusSeconds(3).getEpochSecond()).mint();
    try (Sse sse = Sse.open(token, WATCH, Map.of())) {
      assertThat(sse.status()).isEqualTo(200);

      await().untilAsserted(() -> assertThat(sse.ended()).isTrue());

      assertThat(sse.comments()).contains("the token has expired");
    }
  }

  @Test
  void whatIsNoCursorIsRefusedBeforeTheStreamBegins() {
    operator()
        .get(WATCH + "&cursor=xyz")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("violations[0].code", equalTo("cursor.malformed"));
  }

  @Test
  void aCursorOfAnotherTopicIsGone() {
    // The first byte after the format is the topic's id.
    String cursor = listCursor();
    String other =
        cursor.substring(0, 4) + (cursor.charAt(4) == 'A' ? 'B' : 'A') + cursor.substring(5);

    operator()
        .get(WATCH + "&cursor=" + other)
        .then()
        .statusCode(410)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:perch:problem:cursor-gone"));
  }

  @Test
  void aWatchNeedsAToken() {
    given().get(WATCH).then().statusCode(401);
  }

  @Test
  void aWatcherThatLeavesFreesItsPlace() throws Exception {
    // More than there are places, one after the other.
    for (int i = 0; i < 12; i++) {
      try (Sse sse = watch(WATCH)) {
        assertThat(sse.status()).isIn(200, 503);
        await().untilAsserted(() -> assertThat(sse.lastEventId()).isNotEmpty());
      }
    }
  }

  private static Sse watch(String path) throws IOException, InterruptedException {
    return Sse.open(Tokens.viewer().mint(), path, Map.of());
  }

  private static String listCursor() {
    assertThat(RestAssured.port).isPositive();
    return operator().get("/v1/things?limit=1").header("Perch-Watch-Cursor");
  }
}
