package dev.perch.certmon;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.testkit.Token;
import dev.perch.kit.testkit.Tokens;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the tests of this service say over HTTP. */
public final class Api {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

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

  public static Response createIssuer(Map<String, ?> body) {
    return as(Tokens.admin()).contentType(ContentType.JSON).body(body).post("/v1/issuers");
  }

  /** A CA that is ready, for any name. */
  public static UUID ca() {
    return ca(Map.of("subject", "Test CA"));
  }

  public static UUID ca(Map<String, ?> ca) {
    UUID id =
        UUID.fromString(
            createIssuer(Map.of("name", unique("ca"), "kind", "CA", "ca", ca))
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    await()
        .atMost(PATIENCE)
        .until(() -> "READY".equals(asViewer().get("/v1/issuers/" + id).path("state")));
    return id;
  }

  public static Response create(UUID issuer, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>();
    String name = unique("h") + ".edge.example";
    body.put("name", name);
    body.put("issuerId", issuer);
    body.put("names", List.of("dns:" + name));
    body.putAll(more);
    return asOperator().contentType(ContentType.JSON).body(body).post("/v1/certificates");
  }

  public static UUID wanted(UUID issuer, Map<String, ?> more) {
    return UUID.fromString(create(issuer, more).then().statusCode(201).extract().path("id"));
  }

  /** A certificate whose revision of this number is in use. */
  public static JsonPath awaitRevision(UUID id, int number) {
    return await()
        .atMost(PATIENCE)
        .until(() -> read(id), one -> Integer.valueOf(number).equals(one.get("revision.number")));
  }

  public static JsonPath read(UUID id) {
    return asViewer().get("/v1/certificates/" + id).then().statusCode(200).extract().jsonPath();
  }

  public static Response act(UUID id, String action, Map<String, ?> body) {
    return asOperator()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/v1/certificates/" + id + "/" + action);
  }

  public static Response patch(UUID id, Map<String, ?> patch) {
    return asOperator()
        .header("If-Match", etag(id))
        .contentType("application/merge-patch+json")
        .body(patch)
        .patch("/v1/certificates/" + id);
  }

  public static String etag(UUID id) {
    return asViewer().get("/v1/certificates/" + id).header("ETag");
  }
}
