package dev.perch.inventory;

import static io.restassured.RestAssured.given;

import dev.perch.kit.testkit.Token;
import dev.perch.kit.testkit.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** What the tests of this service say over HTTP. */
public final class Api {
  private Api() {}

  public static RequestSpecification as(Token token) {
    return given().auth().oauth2(token.mint());
  }

  public static RequestSpecification asOperator() {
    return as(Tokens.operator());
  }

  public static RequestSpecification asViewer() {
    return as(Tokens.viewer());
  }

  /** A name that no other test has. */
  public static String unique(String prefix) {
    return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  public static UUID createSite() {
    return UUID.fromString(
        asOperator()
            .contentType(ContentType.JSON)
            .body(Map.of("name", unique("site")))
            .post("/v1/sites")
            .then()
            .statusCode(201)
            .extract()
            .path("id"));
  }

  /** A site whose agents beat every 100 ms. */
  public static UUID createFastSite() {
    return UUID.fromString(
        asOperator()
            .contentType(ContentType.JSON)
            .body(Map.of("name", unique("lan"), "beatEveryMillis", 100))
            .post("/v1/sites")
            .then()
            .statusCode(201)
            .extract()
            .path("id"));
  }

  public static int alarmStatus(String alarm, UUID entity) {
    return alarm(alarm, entity).statusCode();
  }

  /** Of an alarm that was raised before. */
  public static boolean isCleared(String alarm, UUID entity) {
    return alarm(alarm, entity).path("clearedAt") != null;
  }

  private static Response alarm(String alarm, UUID entity) {
    return asViewer().get("/v1/alarms/inventory/" + alarm + "/" + entity);
  }

  public static Response createHost(UUID site, String name) {
    return asOperator()
        .contentType(ContentType.JSON)
        .body(Map.of("siteId", site, "name", name, "personality", "WORKER"))
        .post("/v1/hosts");
  }

  public static UUID createHost(UUID site) {
    return UUID.fromString(
        createHost(site, unique("host")).then().statusCode(201).extract().path("id"));
  }

  public static String etag(UUID host) {
    return asViewer().get("/v1/hosts/" + host).then().statusCode(200).extract().header("ETag");
  }

  /** A merge patch with the host's current entity tag. */
  public static Response patch(UUID host, Object patch) {
    return asOperator()
        .header("If-Match", etag(host))
        .contentType("application/merge-patch+json")
        .body(patch)
        .patch("/v1/hosts/" + host);
  }

  public static Response delete(UUID host) {
    return asOperator().header("If-Match", etag(host)).delete("/v1/hosts/" + host);
  }
}
