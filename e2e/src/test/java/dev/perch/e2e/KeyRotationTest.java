package dev.perch.e2e;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The identity provider signs with a new key while clients are at work. */
class KeyRotationTest {
  private final Perch perch = Perch.running();

  @Test
  void noRequestWithAValidTokenFailsWhenTheSigningKeyIsRotatedUnderLoad() {
    // Given clients at work with a token of the first key
    perch.awaitReady();
    var replica = perch.inventories().getFirst();
    Realm realm = new Realm(perch);
    String before = perch.token("viewer");
    try (Load old = Load.start(2, () -> read(replica, before))) {
      Awaitility.await().until(() -> old.count() > 10);

      // When the provider signs with another one
      realm.addSigningKey();
      String after = perch.token("viewer");
      assertThat(keyOf(after)).isNotEqualTo(keyOf(before));

      // Then its tokens are taken as soon as the replica has asked for the key it does not know
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> read(replica, after) == 200);
      try (Load fresh = Load.start(2, () -> read(replica, after))) {
        Awaitility.await()
            .pollDelay(Duration.ofSeconds(2))
            .until(() -> fresh.count() > 10 && old.count() > 10);
        fresh.close();
        assertThat(fresh.failures()).isEmpty();
        assertThat(fresh.statuses()).containsOnlyKeys(200);
      }

      // And those of the first stay good, as long as the provider publishes its key
      old.close();
      assertThat(old.failures()).isEmpty();
      assertThat(old.statuses()).containsOnlyKeys(200);
    }
  }

  private static int read(Perch.Component replica, String token) {
    return given()
        .baseUri(replica.address())
        .auth()
        .oauth2(token)
        .queryParam("limit", 1)
        .get("/v1/sites")
        .statusCode();
  }

  /** The token's head names the key (RFC 7515 section 4.1.4). */
  private static String keyOf(String token) {
    return token.substring(0, token.indexOf('.'));
  }
}
