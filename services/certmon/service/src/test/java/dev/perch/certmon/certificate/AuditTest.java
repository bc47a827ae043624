package dev.perch.certmon.certificate;

import static dev.perch.certmon.Api.asOperator;
import static dev.perch.certmon.Api.asViewer;
import static dev.perch.certmon.Api.awaitRevision;
import static dev.perch.certmon.Api.ca;
import static dev.perch.certmon.Api.createIssuer;
import static dev.perch.certmon.Api.unique;
import static dev.perch.certmon.Api.wanted;
import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.Api;
import dev.perch.certmon.SealKeys;
import dev.perch.contract.Catalogue;
import dev.perch.contract.Topic;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import dev.perch.kit.testkit.Platform;
import dev.perch.kit.testkit.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who did what is told also where nothing that is shown has changed. */
@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class AuditTest {

  @Test
  void whoAskedForARenewalIsInTheTimelineAndOnTheTopic() throws Exception {
    UUID id = wanted(ca(), Map.of());
    awaitRevision(id, 1);

    asOperator()
        .header("Perch-Reason", "the key was seen")
        .contentType(ContentType.JSON)
        .body(Map.of("newKey", true))
        .post("/v1/certificates/" + id + "/renew")
        .then()
        .statusCode(202);

    awaitRevision(id, 2);
    asViewer()
        .get("/v1/certificates/" + id + "/timeline")
        .then()
        .body(
            "items.findAll { it.cause.operation == 'certificate.renew' }.cause.reason",
            is(List.of("the key was seen")));
    Event told = told(Catalogue.CERTIFICATES.log(), id, "certificate.renew");
    assertThat(value(told).path("changed")).isEmpty();
    assertThat(value(told).at("/cause/actor").asText()).doesNotStartWith("service:");
    assertThatEvents(List.of(told)).areCloudEvents().matchTheirSchemas();
  }

  @Test
  void thatCredentialsWereGivenIsToldAndTheyAreNot() throws Exception {
    String chain = asViewer().get("/v1/issuers/" + ca()).path("authority.chain");
    UUID issuer =
        UUID.fromString(
            createIssuer(
                    Map.of(
                        "name",
                        unique("api"),
                        "kind",
                        "CSR_API",
                        "csrApi",
                        Map.of("signing", "http://127.0.0.1:1/", "chain", chain),
                        "credentials",
                        Map.of("apiKey", "00ff")))
                .then()
                .statusCode(201)
                .extract()
                .path("id"));

    Api.as(Tokens.admin())
        .header("If-Match", asViewer().get("/v1/issuers/" + issuer).header("ETag"))
        .contentType("application/merge-patch+json")
        .body(Map.of("credentials", Map.of("apiKey", "5ec3e7")))
        .patch("/v1/issuers/" + issuer)
        .then()
        .statusCode(200);

    asViewer()
        .get("/v1/issuers/" + issuer + "/timeline")
        .then()
        .body("items.cause.operation", hasItem("issuer.credentials"));
    Event told = told(Catalogue.ISSUERS.log(), issuer, "issuer.credentials");
    assertThat(value(told).path("changed")).isEmpty();
    assertThat(value(told).toString()).doesNotContain("5ec3e7");
  }

  private static Event told(Topic log, UUID id, String operation) throws Exception {
    return Events.await(log.name(), all -> all.stream().anyMatch(one -> isOf(one, id, operation)))
        .stream()
        .filter(one -> isOf(one, id, operation))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isOf(Event event, UUID id, String operation) {
    return id.toString().equals(event.key())
        && !event.isTombstone()
        && value(event).at("/cause/operation").asText().equals(operation);
  }

  private static JsonNode value(Event event) {
    return Objects.requireNonNull(event.value());
  }
}
