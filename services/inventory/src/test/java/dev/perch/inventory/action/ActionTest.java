package dev.perch.inventory.action;

import static dev.perch.inventory.Api.as;
import static dev.perch.inventory.Api.asOperator;
import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.delete;
import static dev.perch.inventory.Api.unique;
import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.perch.contract.Catalogue;
import dev.perch.inventory.check.GoodMachine;
import dev.perch.inventory.link.LivingAgent;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class ActionTest {
  @Inject Database database;

  private final List<LivingAgent> agents = new ArrayList<>();

  @AfterEach
  void stop() {
    agents.forEach(LivingAgent::close);
  }

  /** Fast, and yet slow enough that a busy machine misses no three beats in a row. */
  private static UUID site() {
    return UUID.fromString(
        asOperator()
            .contentType(ContentType.JSON)
            .body(Map.of("name", unique("pier"), "beatEveryMillis", 300))
            .post("/v1/sites")
            .then()
            .statusCode(201)
            .extract()
            .path("id"));
  }

  private LivingAgent alive(UUID host) {
    LivingAgent agent = LivingAgent.of(host);
    agents.add(agent);
    awaitState(host, "availability", "AVAILABLE");
    return agent;
  }

  /** A host that may be unlocked. */
  private UUID ready() {
    UUID host = createHost(site());
    alive(host).reports(GoodMachine.reports());
    return host;
  }

  private UUID inService() {
    UUID host = ready();
    unlock(host);
    return host;
  }

  /** On a busy machine a beat may come late, and the unlock has to be asked for again. */
  private static void unlock(UUID host) {
    Awaitility.await("host " + host + " in service")
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              Response asked = post(host, "unlock");
              if (asked.statusCode() != 202) {
                return false;
              }
              String id = asked.path("id");
              Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isAtAnEnd(id));
              return operation(id).path("state").equals("SUCCEEDED");
            });
  }

  private static boolean isAtAnEnd(String id) {
    return operation(id).path("finishedAt") != null;
  }

  private static Response post(UUID host, Map<String, Object> body) {
    return asOperator()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/v1/hosts/" + host + "/actions");
  }

  private static Response post(UUID host, String action) {
    return post(host, Map.of("action", action));
  }

  private static String act(UUID host, String action) {
    return post(host, action).then().statusCode(202).extract().path("id");
  }

  private static void awaitOperation(String id, String state) {
    Awaitility.await("operation " + id + " " + state)
        .atMost(Duration.ofSeconds(30))
        .until(() -> operation(id).path("state").equals(state));
  }

  private static Response operation(String id) {
    return asViewer().get("/v1/operations/" + id);
  }

  private static String state(UUID host, String attribute) {
    return asViewer().get("/v1/hosts/" + host).path("state." + attribute);
  }

  private static void awaitState(UUID host, String attribute, String word) {
    Awaitility.await("host " + host + " " + word)
        .atMost(Duration.ofSeconds(20))
        .until(() -> state(host, attribute).equals(word));
  }

  @Test
  void aHostIsUnlockedAndLockedAgainAndEveryChangeIsAnEvent() {
    UUID host = ready();
    assertThat(state(host, "lifecycle")).isEqualTo("DISCOVERED");

    Response asked = post(host, Map.of("action", "unlock", "reason", "it is installed"));
    asked
        .then()
        .statusCode(202)
        .header("Location", startsWith("/v1/operations/"))
        .body("kind", is("host.unlock"), "target", is("hosts/" + host))
        .body("steps.name", contains("check", "unlock", "prove"));
    awaitOperation(asked.path("id"), "SUCCEEDED");
    assertThat(state(host, "administrative")).isEqualTo("UNLOCKED");
    assertThat(state(host, "lifecycle")).isEqualTo("IN_SERVICE");

    awaitOperation(act(host, "lock"), "SUCCEEDED");

    assertThat(state(host, "administrative")).isEqualTo("LOCKED");
    assertThat(state(host, "lifecycle")).isEqualTo("MAINTENANCE");
    // Registered, enrolled and heard before anybody acted.
    List<Event> changes = Events.await(Catalogue.HOSTS.log().name(), host, 7);
    assertThatEvents(changes).matchTheirSchemas().areGapFreePerKey();
    List<Event> acted = changes.subList(3, changes.size());
    assertThat(acted)
        .extracting(e -> text(e, "/cause/operation"))
        .containsExactly("host.unlock", "host.unlock", "host.lock", "host.lock");
    assertThat(text(acted.get(0), "/cause/reason")).isEqualTo("it is installed");
    assertThat(text(acted.get(1), "/after/state/lifecycle")).isEqualTo("IN_SERVICE");
    assertThat(text(acted.get(2), "/after/state/administrative")).isEqualTo("SHUTTING_DOWN");
  }

  private static String text(Event event, String pointer) {
    return Objects.requireNonNull(event.value()).at(pointer).asText();
  }

  @Test
  void aRefusalNamesEveryCheckThatDoesNotHold() {
    UUID host = createHost(site());

    post(host, "unlock")
        .then()
        .statusCode(409)
        .body("type", is("urn:perch:problem:action-refused"))
        .body(
            "violations.code",
            hasItems(
                "state.discovered",
                "agent.enrolled",
                "agent.online",
                "facts.complete",
                "facts.fresh",
                "clock.synchronised",
                "network.interface-up",
                "disks.present"))
        .body("violations.find{it.code=='facts.complete'}.found", hasItem("kernel"));
    assertThat(state(host, "administrative")).isEqualTo("LOCKED");
    assertThat(asViewer().get("/v1/operations?target=hosts/" + host).<List<?>>path("items"))
        .isEmpty();
  }

  @Test
  void aPreviewAsksTheSameChecksAndChangesNothing() {
    UUID host = ready();

    asOperator()
        .contentType(ContentType.JSON)
        .body(Map.of("action", "unlock"))
        .post("/v1/hosts/" + host + "/actions?preview=true")
        .then()
        .statusCode(200)
        .body("allowed", is(true), "checks.ok", not(hasItem(false)))
        .body("checks.name", hasItems("clock.synchronised", "operation.none"));

    assertThat(state(host, "administrative")).isEqualTo("LOCKED");
    assertThat(asViewer().get("/v1/operations?target=hosts/" + host).<List<?>>path("items"))
        .isEmpty();
  }

  @Test
  void theListSaysWhichActionsAreAllowedAndWhatStandsInTheWay() {
    UUID host = ready();

    asViewer()
        .get("/v1/hosts/" + host + "/actions")
        .then()
        .statusCode(200)
        .body(
            "items.action",
            contains(
                "lock",
                "unlock",
                "force-lock",
                "reboot",
                "power-on",
                "power-off",
                "reset",
                "reinstall",
                "delete"))
        .body("items.findAll{it.allowed}.action", containsInAnyOrder("unlock", "delete"))
        .body("items.find{it.action=='lock'}.violations.code", contains("state.in-service"))
        .body(
            "items.find{it.action=='reset'}.violations.code",
            contains("bmc.address", "bmc.driver"));
  }

  @Test
  void whatNothingHereCanDoIsSaidAndNotPretended() {
    UUID host = ready();

    for (String action : List.of("reboot", "power-on", "power-off", "reset", "reinstall")) {
      post(host, action).then().statusCode(422).body("type", is("urn:perch:problem:no-driver"));
    }
  }

  @Test
  void aCheckThatIsWaivedNeedNotHoldAndTheOperationTellsIt() {
    UUID host = createHost(site());
    alive(host)
        .reports(GoodMachine.reports())
        .reports(List.of(GoodMachine.time(false, "chronyd").report()));
    post(host, "unlock")
        .then()
        .statusCode(409)
        .body("violations.code", contains("clock.synchronised"));

    Response asked = post(host, Map.of("action", "unlock", "waive", List.of("clock.synchronised")));

    asked.then().statusCode(202).body("spec.waive", contains("clock.synchronised"));
    awaitOperation(asked.path("id"), "SUCCEEDED");
  }

  @Test
  void whatTheActionStandsOnCannotBeWaived() {
    post(createHost(site()), Map.of("action", "unlock", "waive", List.of("agent.online")))
        .then()
        .statusCode(400)
        .body("violations.field", contains("/waive/0"));
  }

  @Test
  void aHostThatFallsSilentIsLockedAgain() {
    UUID host = ready();
    String id = act(host, "unlock");
    agents.getFirst().close();

    awaitOperation(id, "FAILED");

    operation(id)
        .then()
        .body("failure.step", is("prove"), "failure.code", is("REFUSED"))
        .body("steps.state", contains("COMPENSATED", "COMPENSATED", "COMPENSATED"));
    assertThat(state(host, "administrative")).isEqualTo("LOCKED");
    assertThat(state(host, "lifecycle")).isEqualTo("DISCOVERED");
  }

  @Test
  void aLockIsRefusedWhileADocumentIsHalfAppliedAndForceLockIsNot() throws SQLException {
    UUID host = inService();
    wants(host, 4);

    String id = act(host, "lock");

    awaitOperation(id, "FAILED");
    operation(id).then().body("failure.step", is("settle"));
    assertThat(state(host, "administrative")).isEqualTo("UNLOCKED");
    assertThat(state(host, "lifecycle")).isEqualTo("IN_SERVICE");
    awaitOperation(act(host, "force-lock"), "SUCCEEDED");
    assertThat(state(host, "administrative")).isEqualTo("LOCKED");
    assertThat(state(host, "lifecycle")).isEqualTo("MAINTENANCE");
  }

  /** As inventory has heard it from a domain service. */
  private void wants(UUID host, long generation) throws SQLException {
    database.run(
        connection -> {
          try (var insert =
              connection.prepareStatement(
                  "insert into host_document values (?, 'tsn', 'tsn', 'files', ?, '{}',"
                      + " now())")) {
            insert.setObject(1, host);
            insert.setLong(2, generation);
            insert.executeUpdate();
          }
        });
  }

  @Test
  void ofManyOperatorsWhoActAtOnceOneIsAnsweredAndTheOthersAreTold() {
    UUID host = inService();
    var together = new CyclicBarrier(8);

    List<Integer> answers =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            together.await();
                          } catch (Exception e) {
                            throw new IllegalStateException(e);
                          }
                          return post(host, "lock").statusCode();
                        },
                        Thread::startVirtualThread))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers).containsOnlyOnce(202).contains(409);
    awaitState(host, "administrative", "LOCKED");
    assertThat(
            asViewer()
                .get("/v1/operations?target=hosts/" + host)
                .<List<Map<String, Object>>>path("items"))
        .filteredOn(operation -> "host.lock".equals(operation.get("kind")))
        .hasSize(1);
  }

  @Test
  void theSameRequestWithAKeyIsOneOperation() {
    UUID host = ready();
    String key = UUID.randomUUID().toString();

    List<String> ids =
        IntStream.range(0, 2)
            .mapToObj(
                i ->
                    asOperator()
                        .header("Idempotency-Key", key)
                        .contentType(ContentType.JSON)
                        .body(Map.of("action", "unlock"))
                        .post("/v1/hosts/" + host + "/actions")
                        .then()
                        .statusCode(202)
                        .extract()
                        .<String>path("id"))
            .toList();

    assertThat(ids.getFirst()).isEqualTo(ids.getLast());
  }

  @Test
  void aHostInServiceIsNotRemovedAndALockedOneIs() {
    UUID host = inService();
    delete(host).then().statusCode(409).body("violations.code", contains("state.locked"));
    post(host, "delete").then().statusCode(409);
    awaitOperation(act(host, "lock"), "SUCCEEDED");

    String id = act(host, "delete");

    awaitOperation(id, "SUCCEEDED");
    asViewer().get("/v1/hosts/" + host).then().statusCode(404);
  }

  @Test
  void whoMayNotIsToldNothing() {
    UUID host = createHost(site());

    as(Tokens.viewer())
        .contentType(ContentType.JSON)
        .body(Map.of("action", "lock"))
        .post("/v1/hosts/" + host + "/actions")
        .then()
        .statusCode(403);
    as(Tokens.operator().atSites(UUID.randomUUID()))
        .contentType(ContentType.JSON)
        .body(Map.of("action", "lock"))
        .post("/v1/hosts/" + host + "/actions")
        .then()
        .statusCode(403);
  }
}
