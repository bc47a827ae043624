package dev.perch.inventory.topology;

import static dev.perch.inventory.Api.asOperator;
import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static dev.perch.inventory.Api.delete;
import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.perch.contract.Catalogue;
import dev.perch.contract.facts.TopologyFacts;
import dev.perch.contract.facts.TopologyFacts.Neighbour;
import dev.perch.inventory.check.GoodMachine;
import dev.perch.inventory.link.LivingAgent;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class TopologyResourceTest {
  private static final Neighbour SWITCH =
      new Neighbour(
          "eth0",
          "local",
          "sw1",
          "switch-1",
          null,
          "ifname",
          "ge-1",
          null,
          List.of(),
          List.of(),
          null);

  @Test
  void whatAHostLearntByLldpIsInTheTopologyAndInItsPicture() {
    UUID site = createSite();
    UUID host = createHost(site);
    try (var agent = LivingAgent.of(host)) {
      agent
          .reports(GoodMachine.reports())
          .reports(List.of(new TopologyFacts(List.of(SWITCH), Map.of()).report()));

      asViewer()
          .accept("application/json")
          .get("/v1/topology?site=" + site)
          .then()
          .statusCode(200)
          .body("nodes.name", hasItem("switch-1"))
          .body("nodes.hostId", hasItem(host.toString()))
          .body("links.b", contains("hosts/" + host + "/eth0"));
      asViewer()
          .accept("image/svg+xml")
          .get("/v1/topology?site=" + site)
          .then()
          .statusCode(200)
          .contentType(startsWith("image/svg+xml"));
    }
  }

  @Test
  void whatChangesOfASitesCablesIsAnEventUntilTheSiteIsGone() {
    UUID site = createSite();
    UUID host = createHost(site);
    try (var agent = LivingAgent.of(host)) {
      agent
          .reports(GoodMachine.reports())
          .reports(List.of(new TopologyFacts(List.of(SWITCH), Map.of()).report()));
      Events.await(Catalogue.TOPOLOGIES.log().name(), site, 1);
      agent.reports(List.of(new TopologyFacts(List.of(), Map.of()).report()));
      Events.await(Catalogue.TOPOLOGIES.log().name(), site, 2);
      agent.reports(List.of(new TopologyFacts(List.of(SWITCH), Map.of()).report()));
      Events.await(Catalogue.TOPOLOGIES.log().name(), site, 3);
    }

    delete(host).then().statusCode(204);
    Events.await(Catalogue.TOPOLOGIES.log().name(), site, 4);
    String path = "/v1/sites/" + site;
    asOperator().header("If-Match", asViewer().get(path).header("ETag")).delete(path);

    List<Event> changes = Events.await(Catalogue.TOPOLOGIES.log().name(), site, 5);
    assertThatEvents(changes).areCloudEvents().matchTheirSchemas().areGapFreePerKey();
    assertThat(changes)
        .extracting(event -> cables(event, "/after/links"))
        .containsExactly(1, 0, 1, 0, 0);
    assertThat(Objects.requireNonNull(changes.getFirst().value()).at("/after/links/0/b").asText())
        .isEqualTo("hosts/" + host + "/eth0");
  }

  private static int cables(Event event, String pointer) {
    return Objects.requireNonNull(event.value()).at(pointer).size();
  }
}
