package dev.perch.kit.web.app;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.testkit.TestKafka;
import dev.perch.kit.testkit.TestPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One service over the life of its identity provider, which is away when the service starts. */
@QuarkusTest
@WithTestResource(IssuerTest.Environment.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IssuerTest {
  private static final FakeIssuer ISSUER = new FakeIssuer();

  @SuppressWarnings("NullAway.Init")
  @TestHTTPResource(value = "/health", management = true)
  String health;

  /** Broker, database, and an issuer that has not started. */
  public static class Environment implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
      Map<String, String> properties = new HashMap<>();
      properties.put("kafka.bootstrap.servers", TestKafka.bootstrap());
      properties.putAll(TestPostgres.freshDatabase("issuer").quarkusProperties());
      properties.put("quarkus.oidc.auth-server-url", ISSUER.url());
      return properties;
    }

    @Override
    public void stop() {
      try {
        ISSUER.stop();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  @Order(0)
  void anIssuerThatSaysNothingHoldsNobodyForLong() {
    assertThat(status("/ready")).isEqualTo(200);

    assertUnavailable(get(ISSUER.token()));
  }

  @Test
  @Order(1)
  void aServiceStartsWithoutItsIssuerAndAsksCallersToComeAgain() throws IOException {
    ISSUER.stop();
    assertThat(status("/ready")).isEqualTo(200);
    assertThat(status("/group/dependencies")).isEqualTo(503);

    assertUnavailable(get(ISSUER.token()));
    assertThat(given().get("/v1/things").statusCode()).isIn(401, 503);
  }

  @Test
  @Order(2)
  void onceTheIssuerIsThereItsTokensAreGood() throws IOException {
    ISSUER.start();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(get(ISSUER.token()).statusCode()).isEqualTo(200));
    assertThat(status("/group/dependencies")).isEqualTo(200);
  }

  @Test
  @Order(3)
  void tokensOfAKnownKeyAreGoodWhileTheIssuerIsAway() throws IOException {
    ISSUER.stop();

    assertThat(get(ISSUER.token()).statusCode()).isEqualTo(200);

    ISSUER.start();
  }

  @Test
  @Order(4)
  void aRotatedKeyIsFoundAndTheWithdrawnOneIsGoodForSecondsOnly() {
    String withdrawn = ISSUER.token();
    assertThat(get(withdrawn).statusCode()).isEqualTo(200);

    ISSUER.rotate("two");

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(get(ISSUER.token()).statusCode()).isEqualTo(200));
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(get(withdrawn).statusCode()).isEqualTo(401));
  }

  @Test
  @Order(5)
  void aTokenOfANewKeyWhileTheIssuerIsAwayMayBeSentAgain() throws IOException {
    ISSUER.rotate("three");
    ISSUER.stop();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertUnavailable(get(ISSUER.token())));
    ISSUER.start();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(get(ISSUER.token()).statusCode()).isEqualTo(200));
  }

  private static Response get(String token) {
    return given().auth().oauth2(token).get("/v1/things");
  }

  private int status(String path) {
    return given().get(health + path).statusCode();
  }

  private static void assertUnavailable(Response response) {
    assertThat(response.statusCode()).as(response.asString()).isEqualTo(503);
    assertThat(response.contentType()).isEqualTo("application/problem+json");
    assertThat(Integer.parseInt(response.header("Retry-After"))).isPositive();
  }
}
