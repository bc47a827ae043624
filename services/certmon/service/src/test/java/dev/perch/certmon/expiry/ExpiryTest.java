package dev.perch.certmon.expiry;

import static dev.perch.certmon.Api.act;
import static dev.perch.certmon.Api.asViewer;
import static dev.perch.certmon.Api.awaitRevision;
import static dev.perch.certmon.Api.ca;
import static dev.perch.certmon.Api.read;
import static dev.perch.certmon.Api.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.perch.certmon.SealKeys;
import dev.perch.kit.outbox.Database;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class ExpiryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject Database database;

  @Test
  void whatWasNotRenewedInTimeRaisesAnAlarmBeforeItsEndAndAnotherAtIt() throws SQLException {
    UUID id = wanted(ca(), Map.of());
    awaitRevision(id, 1);
    act(id, "suspend", Map.of()).then().statusCode(200);

    endsIn(id, "10 days");

    await().atMost(PATIENCE).until(() -> isActive("certificate-expiring", "certificates/" + id));
    assertThat(isActive("certificate-expired", "certificates/" + id)).isFalse();
    endsIn(id, "-1 second");
    await().atMost(PATIENCE).until(() -> isActive("certificate-expired", "certificates/" + id));
    await().atMost(PATIENCE).until(() -> !isActive("certificate-expiring", "certificates/" + id));
    await().atMost(PATIENCE).until(() -> "EXPIRED".equals(read(id).getString("state")));

    act(id, "renew", Map.of()).then().statusCode(202);

    awaitRevision(id, 2);
    await().atMost(PATIENCE).until(() -> !isActive("certificate-expired", "certificates/" + id));
    assertThat(read(id).getString("state")).isEqualTo("READY");
  }

  @Test
  void aCertificateSaysItselfWhenItsEndIsNear() throws SQLException {
    UUID early = wanted(ca(), Map.of("alarmBefore", "P60D"));
    UUID usual = wanted(ca(), Map.of());
    for (UUID id : List.of(early, usual)) {
      awaitRevision(id, 1);
      act(id, "suspend", Map.of()).then().statusCode(200);
      endsIn(id, "50 days");
    }

    await().atMost(PATIENCE).until(() -> isActive("certificate-expiring", "certificates/" + early));
    assertThat(isActive("certificate-expiring", "certificates/" + usual)).isFalse();
  }

  @Test
  void aShortLivedCertificateThatIsRenewedInTimeRaisesNone() {
    UUID quiet = wanted(ca(), Map.of("life", "PT12H"));
    UUID brief = ca(Map.of("subject", "Brief CA", "life", "P100D"));
    awaitRevision(quiet, 1);

    await().atMost(PATIENCE).until(() -> isActive("certificate-expiring", "issuers/" + brief));

    assertThat(isActive("certificate-expiring", "certificates/" + quiet)).isFalse();
  }

  @Test
  void aForecastHasWhatEndsInTimeAndNothingElse() {
    UUID issuer = ca();
    UUID soon = wanted(issuer, Map.of("life", "P10D"));
    UUID late = wanted(issuer, Map.of("life", "P200D"));
    awaitRevision(soon, 1);
    awaitRevision(late, 1);

    asViewer()
        .get("/v1/forecast?within=P30D")
        .then()
        .statusCode(200)
        .body("items.id", hasItem(soon.toString()))
        .body("items.id", not(hasItem(late.toString())))
        .body(
            "items.find { it.id == '" + soon + "' }.renewAt", is(read(soon).getString("renewAt")));
    String svg =
        asViewer()
            .accept("image/svg+xml")
            .get("/v1/forecast?within=P30D")
            .then()
            .statusCode(200)
            .contentType("image/svg+xml")
            .extract()
            .asString();
    assertThat(svg).startsWith("<svg").contains(read(soon).getString("name"));
    asViewer().get("/v1/forecast?within=soon").then().statusCode(400);
  }

  /** As if it had been issued earlier. */
  private void endsIn(UUID id, String interval) throws SQLException {
    int changed =
        database.transaction(
            connection -> {
              try (PreparedStatement update =
                  connection.prepareStatement(
                      "update revision set not_before = now() - interval '400 days', not_after ="
                          + " now() + ?::interval where certificate_id = ?")) {
                update.setString(1, interval);
                update.setObject(2, id);
                return update.executeUpdate();
              }
            });
    assertThat(changed).isEqualTo(1);
  }

  private static boolean isActive(String alarm, String entity) {
    var answer = asViewer().get("/v1/alarms/certmon/" + alarm + "/" + entity);
    return answer.statusCode() == 200 && answer.path("clearedAt") == null;
  }
}
