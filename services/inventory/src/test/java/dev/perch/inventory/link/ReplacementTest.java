package dev.perch.inventory.link;

import static dev.perch.inventory.Api.asOperator;
import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.perch.contract.link.EnrolmentToken;
import dev.perch.contract.link.LinkClose;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class ReplacementTest {

  private static Response replace(UUID host) {
    return asOperator()
        .header("Perch-Reason", "its board is dead")
        .contentType(ContentType.JSON)
        .body(Map.of())
        .post("/v1/hosts/" + host + "/replacements");
  }

  @Test
  void anotherMachineTakesThePlaceAndTheOldOneIsShutOut() {
    UUID host = createHost(createSite());
    try (TestAgent old = TestAgent.enrolled(host).welcomed()) {
      awaitLifecycle(host, "DISCOVERED");

      String token = replace(host).then().statusCode(201).extract().path("token");

      assertThat(old.closedBecause()).isEqualTo(LinkClose.REFUSED);
      awaitLifecycle(host, "PLANNED");
      TestAgent refused = old.again().connect();
      refused.hello(refused.challenge());
      assertThat(refused.closedBecause()).isEqualTo(LinkClose.REFUSED);
      try (TestAgent fresh = TestAgent.enrolled(host, EnrolmentToken.read(token)).welcomed()) {
        awaitLifecycle(host, "DISCOVERED");
        assertThat(fresh.isClosed()).isFalse();
      }
    }
    asViewer()
        .get("/v1/hosts/" + host + "/timeline")
        .then()
        .body("items.cause.operation", hasItem("host.replace"))
        .body("items.cause.reason", hasItem("its board is dead"));
  }

  private static void awaitLifecycle(UUID host, String word) {
    Awaitility.await("host " + host + " " + word)
        .until(
            () -> asViewer().get("/v1/hosts/" + host).<String>path("state.lifecycle").equals(word));
  }

  @Test
  void whatIsNotThereIsNotReplaced() {
    replace(UUID.randomUUID())
        .then()
        .statusCode(404)
        .body("type", is("urn:perch:problem:not-found"));
  }
}
