package dev.perch.e2e;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.notNullValue;

import dev.perch.contract.Catalogue;
import dev.perch.kit.testkit.Events;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Absence is normal: a process that hangs is the worst kind of away. */
class OutageTest {
  private final Perch perch = Perch.running();

  @Test
  void hostsAreRegisteredWhileTheBrokerIsAwayAndPublishedWhenItReturns() {
    // Given a service that creates hosts
    var inventory = perch.inventories().getFirst();
    UUID site = perch.createSite(inventory);
    Queue<String> hosts = new ConcurrentLinkedQueue<>();

    // When the broker does not answer for a while
    try (var away = perch.pause(perch.component("broker"));
        var load = Load.start(2, () -> create(inventory, site, hosts))) {
      Awaitility.await()
          .pollDelay(Perch.OUTAGE)
          .atMost(Perch.OUTAGE.plusSeconds(10))
          .until(() -> load.count() > 0);
      load.close();
      // Then every creation succeeds meanwhile
      assertThat(load.failures()).isEmpty();
      assertThat(load.statuses()).containsOnlyKeys(201);
    }

    // And all of them are published when it returns
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
  void aServiceThatIsStartedWhileTheDatabaseIsAwayBecomesReadyWhenItReturns() {
    // Given a database that does not answer
    var one = perch.inventories().get(0);
    var other = perch.inventories().get(1);
    UUID site = perch.createSite(one);
    try (var away = perch.pause(perch.component("database"))) {
      // When a replica is started meanwhile
      Perch.signal("KILL", other.pid());
      Awaitility.await()
          .pollDelay(Perch.OUTAGE)
          .atMost(Perch.OUTAGE.plusSeconds(20))
          .until(() -> perch.named(other.name()).pid() != other.pid());

      // Then it is not ready, and the other one says what is wrong instead of keeping its callers
      assertThat(perch.named(other.name()).ready()).isFalse();
      perch
          .at(one)
          .get("/v1/sites/" + site)
          .then()
          .statusCode(503)
          .header("Retry-After", notNullValue());
    }

    // And both serve when it returns
    perch.awaitReady();
    for (var replica : perch.inventories()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> perch.at(replica).get("/v1/sites/" + site).then().statusCode(200));
    }
  }

  @Test
  void aServiceThatIsStartedWhileTheIdentityProviderIsAwayBecomesReadyAndTrustsNobody() {
    // Given an identity provider that does not answer
    String token = perch.token();
    var replica = perch.inventories().get(1);
    try (var away = perch.pause(perch.component("identity"))) {
      // When a replica is started
      Perch.signal("KILL", replica.pid());
      Awaitility.await()
          .pollDelay(Perch.OUTAGE)
          .atMost(Perch.OUTAGE.plusSeconds(60))
          .until(() -> started(replica).ready());

      // Then it is ready, says whom it misses, and takes no token that it cannot check
      assertThat(started(replica).sees()).containsEntry("identity provider", false);
      assertThat(started(replica).sees()).containsEntry("broker", true);
      given()
          .baseUri(replica.address())
          .auth()
          .oauth2(token)
          .get("/v1/sites")
          .then()
          .statusCode(503)
          .header("Retry-After", notNullValue());
    }

    // And takes it when the provider returns
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> perch.at(replica).get("/v1/sites").then().statusCode(200));
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

  private Perch.Component started(Perch.Component killed) {
    return perch.named(killed.name());
  }

  private int create(Perch.Component replica, UUID site, Queue<String> hosts) {
    String name = "away-" + UUID.randomUUID();
    var answer =
        perch
            .at(replica)
            .contentType(ContentType.JSON)
            .body(Map.of("siteId", site, "name", name, "personality", "WORKER"))
            .post("/v1/hosts");
    if (answer.statusCode() == 201) {
      hosts.add(answer.path("id"));
    }
    return answer.statusCode();
  }
}
