package dev.perch.kit.web.app;

import static dev.perch.kit.web.app.Client.operator;
import static dev.perch.kit.web.app.Client.posting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Platform.class)
class BadInputTest {
  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"site\": 1", "{\"name\":\"a\",\"name\":\"b\"}", "{} {}", "nil"})
  void malformedJsonIsOneViolation(String body) {
    problem(posting(body).post("/v1/things"), 400, "invalid-request")
        .then()
        .body("violations", hasSize(1))
        .body("violations[0].code", equalTo("body.malformed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "\"x\"", "null", ""})
  void aBodyThatIsNoObjectIsOneViolation(String body) {
    problem(posting(body).post("/v1/things"), 400, "invalid-request")
        .then()
        .body("violations.code", containsInAnyOrder("body.not-an-object"));
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    problem(
            posting("{\"site\": \"x\", \"name\": \"A B\", \"colour\": 1, \"version\": 3}")
                .post("/v1/things"),
            400,
            "invalid-request")
        .then()
        .body("violations.field", containsInAnyOrder("/site", "/name", "/colour", "/version"))
        .body("violations.find { it.field == '/name' }.found", equalTo("A B"));
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() {
    String large = "{\"name\": \"" + "x".repeat(600 * 1024) + "\"}";

    problem(posting(large).post("/v1/things"), 413, "too-large");
  }

  @Test
  void aBodyThatIsTooLargeAndDoesNotSayItsLengthIsRefused() throws IOException {
    assertThat(chunked(600, 1024)).contains(" 413 ").contains("urn:perch:problem:too-large");
    assertThat(chunked(1200, 1024)).contains(" 413 ").contains("urn:perch:problem:too-large");
  }

  @Test
  void whatHttpRefusesIsAProblemToo() {
    problem(operator().delete("/v1/things"), 405, "method-not-allowed");
    problem(operator().accept("text/html").get("/v1/things"), 406, "not-acceptable");
    problem(
        operator().contentType("text/plain").body("x").post("/v1/things"),
        415,
        "unsupported-media-type");
    problem(operator().get("/v1/things/no-uuid"), 404, "not-found");
    problem(operator().get("/v1/things/018f0000-0000-7000-8000-00000000ffff"), 404, "not-found");
    problem(operator().get("/v1/nosuch"), 404, "not-found");
  }

  @Test
  void aPatchMustSayThatItIsAMergePatch() {
    String thing = Client.create(Client.uniqueName()).header("Location");

    for (String type : new String[] {"application/json", "application/json-patch+json"}) {
      problem(operator().contentType(type).body("{}").patch(thing), 415, "unsupported-media-type");
    }
  }

  @Test
  void unknownParametersAndBadOnesAreToldAtOnce() {
    problem(
            operator().get("/v1/things?colour=red&limit=0&cursor=zzz&labels=a%3D%3D%3Db"),
            400,
            "invalid-request")
        .then()
        .body("violations.field", containsInAnyOrder("colour", "limit", "cursor", "labels"));
  }

  @Test
  void aChangeNeedsTheCurrentEtag() {
    Response created = Client.create(Client.uniqueName());
    String thing = created.header("Location");
    String etag = created.header("ETag");

    problem(patch(null, "{}").patch(thing), 428, "precondition-required");
    problem(patch("\"9-x\"", "{}").patch(thing), 412, "precondition-failed");
    problem(patch("9", "{}").patch(thing), 400, "invalid-request");
    Response changed = patch(etag, "{\"labels\": {\"a\": \"1\"}}").patch(thing);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.header("ETag")).isNotEqualTo(etag);
    problem(patch(etag, "{}").patch(thing), 412, "precondition-failed");
    operator()
        .header("If-None-Match", changed.header("ETag"))
        .get(thing)
        .then()
        .statusCode(304)
        .body(equalTo(""));
    operator().header("If-None-Match", etag).get(thing).then().statusCode(200);
  }

  @Test
  void aFaultOfOursTellsItsTraceIdAndNothingElse() {
    problem(operator().get("/v1/things/fault"), 500, "internal")
        .then()
        .body(not(containsString("hunter2")))
        .body(not(containsString("Exception")));
    problem(operator().get("/v1/things/unwritable"), 500, "internal");
  }

  private static io.restassured.specification.RequestSpecification patch(
      @org.jspecify.annotations.Nullable String etag, String body) {
    var request = operator().contentType("application/merge-patch+json").body(body);
    return etag == null ? request : request.header("If-Match", etag);
  }

  private static Response problem(Response response, int status, String slug) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
    response
        .then()
        .contentType("application/problem+json")
        .body("type", equalTo("urn:perch:problem:" + slug))
        .body("status", equalTo(status))
        .body("traceId", org.hamcrest.Matchers.matchesPattern("[0-9a-f]{32}"));
    return response;
  }

  /** By hand, since clients say the length of what they have. */
  private static String chunked(int chunks, int size) throws IOException {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ascii(
              """
              POST /v1/things HTTP/1.1\r
              Host: perch\r
              Content-Type: application/json\r
              Transfer-Encoding: chunked\r
              Connection: close\r
              Authorization: Bearer %s\r
              \r
              """
                  .formatted(Tokens.operator().mint())));
      byte[] chunk = ascii(Integer.toHexString(size) + "\r\n" + " ".repeat(size) + "\r\n");
      try {
        for (int i = 0; i < chunks; i++) {
          out.write(chunk);
        }
        out.write(ascii("0\r\n\r\n"));
      } catch (IOException e) {
        // Refused before all was sent.
      }
      return head(socket.getInputStream());
    }
  }

  private static String head(InputStream in) throws IOException {
    return new String(in.readNBytes(500), StandardCharsets.US_ASCII);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
