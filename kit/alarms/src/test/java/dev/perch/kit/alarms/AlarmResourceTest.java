package dev.perch.kit.alarms;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.perch.contract.alarm.Severity;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class AlarmResourceTest {
  private static final String LAGGING = "consumer-lagging";

  @Inject Alarms alarms;

  @TestHTTPResource("/")
  URI base;

  private final String entity = "c/" + UUID.randomUUID();
  private final String id = "probe/" + LAGGING + "/" + entity;

  @Test
  void anOperatorAcknowledgesAnAlarm() {
    alarms.raise(LAGGING, entity, "5 min behind");
    AlarmsOverHttp.await(id, alarm -> true);

    // When an operator takes it on
    String operator = Tokens.operator().mint();
    Response answer = AlarmsOverHttp.acknowledge(id, operator, Map.of("comment", "on it"));

    // Then it says so, and the same again is no new version
    answer.then().statusCode(200).body("comment", equalTo("on it")).body("version", equalTo(2));
    assertThat(answer.jsonPath().getString("acknowledgedBy")).isNotBlank();
    assertThat(answer.header("ETag")).startsWith("\"2-");
    AlarmsOverHttp.acknowledge(id, operator, Map.of("comment", "on it"))
        .then()
        .statusCode(200)
        .body("version", equalTo(2));

    // And it stays acknowledged when its text changes, and not when it gets worse
    alarms.raise(LAGGING, entity, "6 min behind");
    assertThat(awaitVersion(3).getString("comment")).isEqualTo("on it");
    alarms.raise(Finding.of(LAGGING, entity, "6 min behind").as(Severity.CRITICAL));
    assertThat(awaitVersion(4).getString("acknowledgedBy")).isNull();
  }

  @Test
  void whatCannotBeAcknowledgedIsRefused() {
    String operator = Tokens.operator().mint();
    AlarmsOverHttp.acknowledge(id, operator, Map.of()).then().statusCode(404);
    alarms.raise(LAGGING, entity, "behind");
    AlarmsOverHttp.await(id, alarm -> true);
    AlarmsOverHttp.acknowledge(id, Tokens.viewer().mint(), Map.of()).then().statusCode(403);
    AlarmsOverHttp.acknowledge(id, operator, Map.of("comment", "", "severity", "MINOR"))
        .then()
        .statusCode(400)
        .body("violations.field", containsInAnyOrder("/comment", "/severity"));
    given()
        .auth()
        .oauth2(operator)
        .header("If-Match", "\"9-x\"")
        .contentType("application/json")
        .body(Map.of())
        .post("/v1/alarms/" + id + "/acknowledge")
        .then()
        .statusCode(412);
    alarms.clear(LAGGING, entity);
    AlarmsOverHttp.await(id, alarm -> alarm.getString("clearedAt") != null);
    AlarmsOverHttp.acknowledge(id, operator, Map.of()).then().statusCode(404);
  }

  @Test
  void theListIsWorstFirstInPagesAndFiltered() {
    // Given alarms of each severity about one entity
    alarms.raise(Finding.of("topic-differs", entity, "x").as(Severity.WARNING));
    alarms.raise(Finding.of("dead-letters", entity, "x").as(Severity.MINOR));
    alarms.raise(Finding.of("audit-failed", entity, "x").as(Severity.CRITICAL));
    alarms.raise(Finding.of(LAGGING, entity, "x").as(Severity.CRITICAL));
    AlarmsOverHttp.await(id, alarm -> true);
    AlarmsOverHttp.acknowledge(id, Tokens.operator().mint(), Map.of()).then().statusCode(200);

    // When it is read two by two
    List<String> severities = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    String cursor = null;
    do {
      RequestSpecification request = list().queryParam("limit", 2);
      JsonPath page =
          (cursor == null ? request : request.queryParam("cursor", cursor))
              .get("/v1/alarms")
              .then()
              .statusCode(200)
              .extract()
              .jsonPath();
      severities.addAll(page.getList("items.severity"));
      ids.addAll(page.getList("items.alarmId"));
      cursor = page.getString("next");
    } while (cursor != null);

    // Then nothing is missing or twice, and the worst come first
    assertThat(severities).containsExactly("CRITICAL", "CRITICAL", "MINOR", "WARNING");
    assertThat(ids)
        .containsExactlyInAnyOrder("topic-differs", "dead-letters", "audit-failed", LAGGING);

    // And each filter narrows it
    list()
        .queryParam("severity", "MINOR,WARNING")
        .get("/v1/alarms")
        .then()
        .body("items", hasSize(2));
    list().queryParam("acknowledged", true).get("/v1/alarms").then().body("items", hasSize(1));
    list().queryParam("acknowledged", false).get("/v1/alarms").then().body("items", hasSize(3));
    list().queryParam("alarmId", LAGGING).get("/v1/alarms").then().body("items", hasSize(1));
    list()
        .queryParam("severity", "BAD")
        .queryParam("acknowledged", "perhaps")
        .queryParam("colour", "red")
        .get("/v1/alarms")
        .then()
        .statusCode(400)
        .body("violations", hasSize(3));
  }

  @Test
  void whatHappensToAlarmsCanBeWatched() throws Exception {
    // Given somebody who watches
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "v1/alarms?watch=true"))
            .header("Authorization", "Bearer " + Tokens.viewer().mint())
            .build();
    List<String> lines = new CopyOnWriteArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      // 503 until the feed has seen its topic, which has just been created.
      HttpResponse<Stream<String>> stream =
          await()
              .atMost(Duration.ofSeconds(20))
              .until(
                  () -> client.send(request, BodyHandlers.ofLines()),
                  answer -> answer.statusCode() == 200);
      Thread reader = Thread.ofVirtual().start(() -> stream.body().forEach(lines::add));

      // When an alarm is raised
      alarms.raise(LAGGING, entity, "behind");

      // Then they are told
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(lines).anyMatch(line -> line.contains(entity)));
      client.shutdownNow();
      reader.interrupt();
    }
  }

  @Test
  void withoutATokenNothingIsSaid() {
    given().get("/v1/alarms").then().statusCode(401);
    given().get("/v1/alarms/" + id).then().statusCode(401);
  }

  private RequestSpecification list() {
    return given().auth().oauth2(Tokens.viewer().mint()).queryParam("entity", entity);
  }

  private JsonPath awaitVersion(long version) {
    return AlarmsOverHttp.await(id, alarm -> alarm.getLong("version") == version);
  }
}
