package dev.perch.e2e;

import static io.restassured.RestAssured.given;

import dev.perch.launcher.stack.Credentials;
import dev.perch.launcher.stack.Folders;
import dev.perch.launcher.stack.Login;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The realm's signing keys, as its administrator sees them. */
final class Realm {
  private static final String KEYS = "org.keycloak.keys.KeyProvider";

  private final String keycloak;
  private final Login master;

  Realm(Perch perch) {
    keycloak = perch.component("identity").address().replaceFirst("/realms/.*", "");
    master =
        Credentials.in(new Folders(Checkout.ROOT, perch.state()))
            .find("keycloak/master")
            .orElseThrow();
  }

  /** Makes a new key that signs from now on; tokens of the old ones stay good. */
  void addSigningKey() {
    String realm = admin().get("/admin/realms/perch").then().statusCode(200).extract().path("id");
    admin()
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "name",
                "rotated-" + UUID.randomUUID(),
                "parentId",
                realm,
                "providerId",
                "rsa-generated",
                "providerType",
                KEYS,
                "config",
                Map.of(
                    "priority", List.of(Long.toString(System.currentTimeMillis() / 1000)),
                    "enabled", List.of("true"),
                    "active", List.of("true"),
                    "algorithm", List.of("RS256"))))
        .post("/admin/realms/perch/components")
        .then()
        .statusCode(201);
  }

  private RequestSpecification admin() {
    String token =
        given()
            .baseUri(keycloak)
            .formParam("grant_type", "password")
            .formParam("client_id", "admin-cli")
            .formParam("username", master.user())
            .formParam("password", master.password())
            .post("/realms/master/protocol/openid-connect/token")
            .then()
            .statusCode(200)
            .extract()
            .path("access_token");
    return given().baseUri(keycloak).auth().oauth2(token);
  }
}
