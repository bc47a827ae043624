package dev.perch.kit.alarms;

import static io.restassured.RestAssured.given;

import dev.perch.kit.testkit.Tokens;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Alarms as an operator's tools see them. */
final class AlarmsOverHttp {
  private AlarmsOverHttp() {}

  /** Reads the alarm until it is there and meets the condition. */
  static JsonPath await(String id, Predicate<JsonPath> condition) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> given().auth().oauth2(Tokens.viewer().mint()).get("/v1/alarms/" + id),
            answer -> answer.statusCode() == 200 && condition.test(answer.jsonPath()))
        .jsonPath();
  }

  /** Waits until an alarm of this kind is in the list. */
  static void awaitAny(String alarmId) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                given()
                    .auth()
                    .oauth2(Tokens.viewer().mint())
                    .queryParam("alarmId", alarmId)
                    .get("/v1/alarms")
                    .jsonPath()
                    .getList("items"),
            items -> items != null && !items.isEmpty());
  }

  static Response acknowledge(String id, String token, Object body) {
    return post(id, "acknowledge", token, body);
  }

  static Response comment(String id, String token, Object body) {
    return post(id, "comment", token, body);
  }

  private static Response post(String id, String what, String token, Object body) {
    return given()
        .auth()
        .oauth2(token)
        .contentType("application/json")
        .body(body)
        .post("/v1/alarms/" + id + "/" + what);
  }
}
