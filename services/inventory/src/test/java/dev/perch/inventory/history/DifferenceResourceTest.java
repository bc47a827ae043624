package dev.perch.inventory.history;

import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static dev.perch.inventory.Api.patch;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.perch.inventory.check.GoodMachine;
import dev.perch.inventory.link.LivingAgent;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class DifferenceResourceTest {

  private static String changedAt(UUID host) {
    return asViewer().get("/v1/hosts/" + host).path("updatedAt");
  }

  @Test
  void betweenTwoInstantsWhatChangedIsNamed() {
    UUID host = createHost(createSite());
    String from = changedAt(host);
    patch(host, Map.of("labels", Map.of("rack", "7"))).then().statusCode(200);
    String to = changedAt(host);
    patch(host, Map.of("labels", Map.of("rack", "8"))).then().statusCode(200);

    asViewer()
        .get("/v1/hosts/" + host + "/difference?from=" + from + "&to=" + to)
        .then()
        .statusCode(200)
        .body("items.path", contains("/labels/rack"))
        .body("items[0].before", nullValue())
        .body("items[0].after", is("7"));
    asViewer()
        .get("/v1/hosts/" + host + "/difference?from=" + from)
        .then()
        .body("items[0].after", is("8"));
  }

  @Test
  void beforeItWasThereThereIsNothingToCompare() {
    UUID host = createHost(createSite());

    asViewer()
        .get("/v1/hosts/" + host + "/difference?from=2020-01-01T00:00:00Z")
        .then()
        .statusCode(404);
  }

  @Test
  void twoHostsDifferInWhatTheyAreAndInWhatTheyReport() {
    UUID site = createSite();
    UUID one = createHost(site);
    UUID other = createHost(site);
    try (var first = LivingAgent.of(one);
        var second = LivingAgent.of(other)) {
      first.reports(GoodMachine.reports());
      second
          .reports(GoodMachine.reports())
          .reports(List.of(GoodMachine.time(false, "ntpd").report()));

      asViewer()
          .get("/v1/hosts/" + one + "/difference?with=" + other)
          .then()
          .statusCode(200)
          .body(
              "items.path", hasItems("/name", "/facets/time/services", "/facets/time/synchronised"))
          .body("items.path", not(hasItem("/id")))
          .body("items.path", not(hasItem("/facets/cpu/logical")))
          .body("items.find{it.path=='/facets/time/services'}.after", contains("ntpd"));
    }
  }

  @Test
  void whatIsToBeComparedHasToBeSaid() {
    UUID host = createHost(createSite());

    for (String query : List.of("", "?with=" + host + "&from=2026-01-01T00:00:00Z", "?to=x")) {
      asViewer().get("/v1/hosts/" + host + "/difference" + query).then().statusCode(400);
    }
  }
}
