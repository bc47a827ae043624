package dev.perch.e2e;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.Catalogue;
import dev.perch.kit.testkit.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Absence is normal: a process that hangs is the worst kind of away. */
class OutageTest {
  private final Perch perch = Perch.running();

  @Test
  void hostsAreRegisteredWhileTheBrokerIsAwayAndPublishedWhenItReturns() {
    var inventory = perch.inventories().getFirst();
    UUID site = perch.createSite(inventory);
    long broker = perch.component("broker").pid();
    List<String> hosts = new ArrayList<>();

    Perch.signal("STOP", broker);
    try {
      for (int i = 0; i < 50; i++) {
        hosts.add(perch.createHost(inventory, site, "away-" + i).toString());
      }
    } finally {
      Perch.signal("CONT", broker);
    }

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(Events.onBroker(perch.kafka(), Catalogue.HOSTS.log().name()))
                    .extracting(e -> String.valueOf(e.key()))
                    .containsAll(hosts));
    perch.awaitReady();
  }

  @Test
  void tokensThatAreKnownStayGoodWhileTheIdentityProviderIsAway() {
    var inventory = perch.inventories().getFirst();
    long identity = perch.component("identity").pid();
    String token = perch.token();
    perch.at(inventory).get("/v1/sites").then().statusCode(200);

    Perch.signal("STOP", identity);
    try {
      given()
          .baseUri(inventory.address())
          .auth()
          .oauth2(token)
          .get("/v1/sites")
          .then()
          .statusCode(200);
    } finally {
      Perch.signal("CONT", identity);
    }
    perch.awaitReady();
  }

  @Test
  void aKilledDatabaseComesBackAndNothingThatWasAnsweredIsLost() {
    var inventory = perch.inventories().getFirst();
    UUID site = perch.createSite(inventory);
    UUID host = perch.createHost(inventory, site, "kept");

    Perch.signal("KILL", perch.component("database").pid());
    perch.awaitReady();

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> perch.at(inventory).get("/v1/hosts/" + host).then().statusCode(200));
  }
}
