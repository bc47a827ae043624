package dev.perch.kit.web.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Token;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Platform.class)
class AuthorityTest {

  @ParameterizedTest
  @ValueSource(strings = {"/v1/things", "/v1/nosuch", "/", "/q/health", "/q/metrics", "/q/openapi"})
  void withoutATokenNothingIsSaidOfAnyPath(String path) {
    assertUnauthenticated(given().get(path));
  }

  static Stream<String> badTokens() {
    Token token = Tokens.admin();
    return Stream.of(
        token.expired().mint(),
        token.forAudience("other").mint(),
        token.fromIssuer("https://elsewhere.test").mint(),
        token.forged().mint(),
        "garbage",
        "a.b.c",
        // alg none
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.");
  }

  @ParameterizedTest
  @MethodSource("badTokens")
  void withABadTokenNothingMoreIsSaidThanWithout(String token) {
    assertUnauthenticated(given().auth().oauth2(token).get("/v1/things"));
  }

  @Test
  void aTokenThatWasGoodAMomentAgoIsRefusedOnceItHasExpired() {
    String token =
        Tokens.viewer().withClaim("exp", Instant.now().plusSeconds(2).getEpochSecond()).mint();
    given().auth().oauth2(token).get("/v1/things").then().statusCode(200);

    await()
        .pollInterval(Duration.ofMillis(100))
        .atMost(Duration.ofSeconds(4))
        .untilAsserted(() -> assertUnauthenticated(given().auth().oauth2(token).get("/v1/things")));
  }

  @Test
  void oneTokensBearerIsNeverTakenForAnothers() {
    UUID own = UUID.randomUUID();
    Token atSite = Tokens.operator().atSites(own);
    as(atSite).get("/v1/things").then().statusCode(200);

    assertForbidden(as(atSite).contentType("application/json").body(thing()).post("/v1/things"));
    as(Tokens.operator())
        .contentType("application/json")
        .body(thing())
        .post("/v1/things")
        .then()
        .statusCode(201);
  }

  @Test
  void aRoleThatIsNotEnoughIsForbidden() {
    assertForbidden(
        as(Tokens.viewer()).contentType("application/json").body(thing()).post("/v1/things"));
    assertForbidden(as(Tokens.operator()).get("/v1/things/admin"));
    assertForbidden(as(Tokens.withRoles()).get("/v1/things"));
  }

  @Test
  void anEndpointThatNamesNoRoleIsForbiddenToAll() {
    assertForbidden(as(Tokens.admin()).get("/v1/things/forgotten"));
  }

  @Test
  void anotherSiteIsForbidden() {
    UUID own = UUID.randomUUID();

    assertForbidden(
        as(Tokens.operator().atSites(own))
            .contentType("application/json")
            .body(thing())
            .post("/v1/things"));
  }

  @Test
  void anAdminIsAnOperatorAndAViewer() {
    as(Tokens.admin().ofSubject("root"))
        .header("Perch-Reason", "to see")
        .get("/v1/things/admin")
        .then()
        .statusCode(200)
        .body("cause.actor", equalTo("root"))
        .body("cause.reason", equalTo("to see"))
        .body("roles", hasItems("admin", "operator", "viewer"));
    as(Tokens.admin()).get("/v1/things").then().statusCode(200);
  }

  @Test
  void aReasonMustBeShort() {
    as(Tokens.admin())
        .header("Perch-Reason", "x".repeat(501))
        .get("/v1/things/admin")
        .then()
        .statusCode(400)
        .body("violations[0].field", equalTo("Perch-Reason"));
  }

  @Test
  void aPathWhereNothingIsIsNotFoundForWhoIsKnown() {
    as(Tokens.viewer())
        .get("/v1/nosuch")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:perch:problem:not-found"));
  }

  private static void assertUnauthenticated(Response response) {
    assertProblem(response, 401, "unauthenticated");
    assertThat(response.header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  private static void assertForbidden(Response response) {
    assertProblem(response, 403, "forbidden");
  }

  private static void assertProblem(Response response, int status, String slug) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.contentType()).isEqualTo("application/problem+json");
    Map<String, Object> body = response.jsonPath().getMap("$");
    assertThat(body)
        .containsOnlyKeys("type", "title", "status", "detail", "traceId")
        .containsEntry("type", "urn:perch:problem:" + slug)
        .containsEntry("status", status);
    assertThat((String) body.get("traceId")).matches("[0-9a-f]{32}");
  }

  private static io.restassured.specification.RequestSpecification as(Token token) {
    return given().auth().oauth2(token.mint());
  }

  private static Map<String, Object> thing() {
    return Map.of("site", UUID.randomUUID(), "name", "a");
  }
}
