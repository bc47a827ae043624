package dev.perch.inventory.facts;

import static dev.perch.inventory.Api.alarmStatus;
import static dev.perch.inventory.Api.asOperator;
import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static dev.perch.inventory.Api.isCleared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.perch.inventory.Database;
import dev.perch.inventory.check.GoodMachine;
import dev.perch.inventory.link.LivingAgent;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class FactsWatchTest {
  @Inject Database database;

  private static ConditionFactory patiently() {
    return Awaitility.await().atMost(Duration.ofSeconds(30));
  }

  @Test
  void aClockThatNobodySetsIsAnAlarmUntilItIsSet() {
    UUID host = createHost(createSite());
    try (var agent = LivingAgent.of(host)) {
      agent.reports(List.of(GoodMachine.time(false).report()));
      patiently().until(() -> alarmStatus("clock-not-synchronised", host) == 200);

      agent.reports(List.of(GoodMachine.time(true, "chronyd").report()));

      patiently().until(() -> isCleared("clock-not-synchronised", host));
    }
  }

  @Test
  void factsThatNobodyConfirmsAreAnAlarmUntilTheyAreConfirmed() throws SQLException {
    UUID host = createHost(createSite());
    try (var agent = LivingAgent.of(host)) {
      agent.reports(GoodMachine.reports());
      longAgo(
          "update host_facts set confirmed_at = now() - interval '1 hour' where host_id = ?", host);
      longAgo(
          "update link_session set opened_at = now() - interval '1 hour' where host_id = ?", host);
      patiently().until(() -> alarmStatus("facts-stale", host) == 200);

      agent.reports(List.of(GoodMachine.time(true, "chronyd").report()));

      patiently().until(() -> isCleared("facts-stale", host));
    }
  }

  @Test
  void anInterfaceThatGoesUpAndDownAgainAndAgainIsAnAlarmUntilItHasBeenQuiet() throws SQLException {
    UUID host = createHost(createSite());
    String entity = host + "/eth0";
    try (var agent = LivingAgent.of(host)) {
      for (int i = 0; i <= 4; i++) {
        String state = i % 2 == 0 ? "UP" : "DOWN";
        agent.reports(List.of(GoodMachine.network(GoodMachine.card("eth0", state, null)).report()));
      }
      patiently().until(() -> alarm(entity).statusCode() == 200);

      longAgo(
          "update host_link_change set at = at - interval '11 minutes' where host_id = ?", host);

      patiently().until(() -> alarm(entity).path("clearedAt") != null);
    }
  }

  private static Response alarm(String entity) {
    return asViewer().get("/v1/alarms/inventory/link-flapping/" + entity);
  }

  @Test
  void anOperatorTakesAnAlarmOnAndSaysWhy() {
    UUID host = createHost(createSite());
    try (var agent = LivingAgent.of(host)) {
      agent.reports(List.of(GoodMachine.time(false).report()));
      patiently().until(() -> alarmStatus("clock-not-synchronised", host) == 200);

      asOperator()
          .contentType(ContentType.JSON)
          .body(Map.of("comment", "the GPS antenna is on its way"))
          .post("/v1/alarms/inventory/clock-not-synchronised/" + host + "/acknowledge")
          .then()
          .statusCode(200)
          .body("comment", is("the GPS antenna is on its way"));

      assertThat(
              asViewer()
                  .get("/v1/alarms/inventory/clock-not-synchronised/" + host)
                  .<String>path("acknowledgedBy"))
          .isNotNull();
    }
  }

  private void longAgo(String sql, UUID host) throws SQLException {
    int rows =
        database.transaction(
            connection -> {
              try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setObject(1, host);
                return update.executeUpdate();
              }
            });
    assertThat(rows).isPositive();
  }
}
