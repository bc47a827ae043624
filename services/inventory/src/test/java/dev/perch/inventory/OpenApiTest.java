package dev.perch.inventory;

import static io.restassured.RestAssured.given;

import dev.perch.kit.testkit.Generated;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class OpenApiTest {
  @TestHTTPResource(value = "/q/openapi", management = true)
  URI openApi;

  @Test
  void theCommittedOpenApiDocumentIsTheOneTheServiceServes() throws Exception {
    String served = given().get(openApi).then().statusCode(200).extract().asString();

    Generated.check(Path.of("../../docs/openapi/inventory.yaml"), served);
  }
}
