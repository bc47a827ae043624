package dev.perch.inventory;

import static dev.perch.inventory.Api.as;
import static dev.perch.inventory.Api.asOperator;
import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createSite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.notNullValue;

import dev.perch.contract.Catalogue;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Comes last: its database is not the one that the topics know. Who starts on the first one after
 * it would find the topics ahead, and halt as it must.
 */
@QuarkusTest
@WithTestResource(SmallDisk.class)
@Order(Integer.MAX_VALUE)
class DiskFullTest {
  private final Collection<String> created = new ConcurrentLinkedQueue<>();
  private final Set<Integer> statuses = new HashSet<>();

  @BeforeEach
  void declareThatThisDatabaseIsTheTruth() {
    String run =
        as(Tokens.admin())
            .contentType(ContentType.JSON)
            .body(Map.of("newEpoch", true))
            .post("/v1/admin/republications")
            .then()
            .statusCode(202)
            .extract()
            .header("Location");
    // Whatever earlier tests left on the topics is buried, which is a lot.
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> "DONE".equals(as(Tokens.admin()).get(run).path("state")));
  }

  @AfterEach
  void empty() throws IOException {
    SmallDisk.get().empty();
  }

  @Test
  void changesAreRefusedBeforeTheDisksLastSpaceIsUsedAndTakenWhenThereIsSpace() throws Exception {
    // Given hosts on a disk with space
    UUID site = createSite();
    create(site).then().statusCode(201);

    // When it is fuller than it may be
    SmallDisk.get().fill(0.85);
    // Then changes are told to come again, and reading goes on
    awaitRefusal(site).then().body("detail", containsString("disk"));
    asViewer().queryParam("site", site).get("/v1/hosts").then().statusCode(200);

    // When there is space again
    SmallDisk.get().empty();
    // Then changes are taken
    awaitSuccess(site);
    assertNothingIsLost();
  }

  @Test
  void nothingThatWasAnsweredIsLostWhenTheDiskIsFullUnderLoad() throws Exception {
    // Given a client that creates one host after the other
    UUID site = createSite();
    AtomicBoolean stop = new AtomicBoolean();
    Thread client =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!stop.get()) {
                    statuses.add(create(site).statusCode());
                  }
                });
    Awaitility.await().until(() -> created.size() > 20);

    // When nothing more can be written
    SmallDisk.get().fill(1);
    awaitRefusal(site);
    stop.set(true);
    client.join();

    // Then it was told so, and no fault of ours
    assertThat(statuses).contains(201).isSubsetOf(201, 503);

    // And it goes on when there is space
    SmallDisk.get().empty();
    awaitSuccess(site);
    assertNothingIsLost();
  }

  private Response awaitRefusal(UUID site) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> create(site),
            answer -> {
              if (answer.statusCode() != 503) {
                return false;
              }
              answer.then().header("Retry-After", notNullValue());
              return true;
            });
  }

  private void awaitSuccess(UUID site) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> create(site).statusCode(), status -> status == 201);
  }

  private Response create(UUID site) {
    Response answer =
        asOperator()
            .contentType(ContentType.JSON)
            .body(Map.of("siteId", site, "name", "h-" + UUID.randomUUID(), "personality", "WORKER"))
            .post("/v1/hosts");
    if (answer.statusCode() == 201) {
      created.add(answer.path("id"));
    }
    return answer;
  }

  private void assertNothingIsLost() {
    for (String host : created) {
      asViewer().get("/v1/hosts/" + host).then().statusCode(200);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              List<String> published =
                  Events.on(Catalogue.HOSTS.log().name()).stream()
                      .map(event -> String.valueOf(event.key()))
                      .toList();
              assertThat(published).containsAll(created);
            });
  }
}
