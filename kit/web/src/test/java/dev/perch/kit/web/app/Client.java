package dev.perch.kit.web.app;

import static io.restassured.RestAssured.given;

import dev.perch.kit.testkit.Token;
import dev.perch.kit.testkit.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** How tests talk to the service. */
final class Client {
  static final UUID SITE = UUID.fromString("018f0000-0000-7000-8000-000000000001");

  private Client() {}

  static RequestSpecification as(Token token) {
    return given().auth().oauth2(token.mint());
  }

  static RequestSpecification operator() {
    return as(Tokens.operator());
  }

  static RequestSpecification posting(Object body) {
    return operator().contentType("application/json").body(body);
  }

  static Map<String, Object> thing(String name) {
    Map<String, Object> thing = new HashMap<>();
    thing.put("site", SITE);
    thing.put("name", name);
    return thing;
  }

  static Response create(String name) {
    return posting(thing(name)).post("/v1/things");
  }

  static String uniqueName() {
    return "t-" + UUID.randomUUID();
  }
}
