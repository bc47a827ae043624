package dev.perch.kit.web.app;

import static dev.perch.kit.web.app.Client.operator;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.TestKafka;
import dev.perch.kit.testkit.TestPostgres;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class OutageTest {
  @SuppressWarnings("NullAway.Init")
  @TestHTTPResource(value = "/health", management = true)
  String health;

  @BeforeEach
  void everythingIsUp() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(status("/ready")).isEqualTo(200));
  }

  @AfterEach
  void startAgain() {
    TestPostgres.start();
    TestKafka.start();
  }

  @Test
  void withoutTheDatabaseTheServiceIsUnreadyAndSaysWhenToComeAgain() {
    operator().get("/v1/things").then().statusCode(200);

    TestPostgres.stop();

    for (int i = 0; i < 5; i++) {
      assertUnavailable(operator().get("/v1/things"));
      assertUnavailable(Client.create(Client.uniqueName()));
    }
    assertThat(status("/ready")).isEqualTo(503);
    TestPostgres.start();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(Client.create(Client.uniqueName()).statusCode()).isEqualTo(201);
              assertThat(status("/ready")).isEqualTo(200);
            });
  }

  @Test
  void withoutTheBrokerTheServiceIsReadyAndTheDependenciesAreNot() {
    await().untilAsserted(() -> assertThat(status("/group/dependencies")).isEqualTo(200));

    TestKafka.stop();

    await().untilAsserted(() -> assertThat(status("/group/dependencies")).isEqualTo(503));
    assertThat(
            given()
                .get(health + "/group/dependencies")
                .jsonPath()
                .getString("checks.find { it.name == 'broker' }.status"))
        .isEqualTo("DOWN");
    assertThat(status("/ready")).isEqualTo(200);
    assertThat(Client.create(Client.uniqueName()).statusCode()).isEqualTo(201);
  }

  private static void assertUnavailable(Response response) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(503);
    assertThat(response.contentType()).isEqualTo("application/problem+json");
    assertThat(Integer.parseInt(response.header("Retry-After"))).isPositive();
    assertThat(response.jsonPath().getString("type")).isEqualTo("urn:perch:problem:unavailable");
  }

  private int status(String path) {
    return given().get(health + path).statusCode();
  }
}
