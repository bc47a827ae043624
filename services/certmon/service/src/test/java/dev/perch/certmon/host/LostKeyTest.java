package dev.perch.certmon.host;

import static dev.perch.certmon.Api.act;
import static dev.perch.certmon.Api.asViewer;
import static dev.perch.certmon.Api.ca;
import static dev.perch.certmon.Api.patch;
import static dev.perch.certmon.Api.read;
import static dev.perch.certmon.host.HostTargetTest.awaitRequest;
import static dev.perch.certmon.host.HostTargetTest.awaitState;
import static dev.perch.certmon.host.HostTargetTest.keyOfFiles;
import static dev.perch.certmon.host.HostTargetTest.name;
import static dev.perch.certmon.host.HostTargetTest.told;
import static dev.perch.certmon.host.HostTargetTest.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.perch.certmon.SealKeys;
import dev.perch.contract.host.HostDocument;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A host that has lost keys that certificates were issued for. */
@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class LostKeyTest {
  @Test
  void aCertificateForAnotherKeyTakesItsPlaceAndTheFilesStayUntilThen() throws Exception {
    HostSide host = HostSide.registered();
    UUID id = verified(host, ca());
    HostDocument told = told(host, id, 1);
    assertThat(told.spec().at("/files/1/key/spki").asText())
        .isEqualTo(sha256(host.key(name(id, 1)).getPublic().getEncoded()));
    host.lose(name(id, 1));

    host.done(id, told);

    HostDocument asking = awaitRequest(host, id, name(id, 2));
    assertThat(keyOfFiles(asking)).as("what is in place goes on serving").isEqualTo(name(id, 1));
    awaitState(id, "DEGRADED", 1);
    assertThat(read(id).getString("publications[0].message")).contains("KeyLost");
    host.done(id, asking);
    HostDocument next = told(host, id, 2);
    assertThat(keyOfFiles(next)).isEqualTo(name(id, 2));
    assertThat(next.spec().path("requests")).as("nobody can go back to it").isEmpty();
    host.done(id, next);
    awaitState(id, "VERIFIED", 2);
    act(id, "rollback", Map.of("revision", 1))
        .then()
        .statusCode(409)
        .body("violations.code", contains("revision.not-usable"));
  }

  @Test
  void aKeyThatIsToBeKeptAndIsLostIsNotWaitedFor() throws Exception {
    HostSide host = HostSide.registered();
    UUID id = verified(host, ca());
    patch(
            id,
            Map.of(
                "key",
                Map.of("rotation", "NEVER"),
                "names",
                List.of("dns:" + read(id).getString("name"), "dns:other.edge.example")))
        .then()
        .statusCode(200);
    await()
        .untilAsserted(
            () ->
                asViewer()
                    .get("/v1/certificates/" + id + "/explain")
                    .then()
                    .body("host.key", is(name(id, 1))));
    host.lose(name(id, 1));

    host.done(id, host.await(id, 1));

    host.done(id, awaitRequest(host, id, name(id, 2)));
    host.done(id, told(host, id, 2));
    awaitState(id, "VERIFIED", 2);
  }

  @Test
  void whoLosesOneKeyAfterAnotherWaitsAnHourForTheNext() throws Exception {
    HostSide host = HostSide.registered();
    UUID id = verified(host, ca());
    for (int lost = 1; lost <= 3; lost++) {
      host.lose(name(id, lost));
      host.done(id, told(host, id, lost));
      host.done(id, awaitRequest(host, id, name(id, lost + 1)));
      host.done(id, told(host, id, lost + 1));
      awaitState(id, "VERIFIED", lost + 1);
    }
    host.lose(name(id, 4));

    host.done(id, told(host, id, 4));

    awaitState(id, "DEGRADED", 4);
    await()
        .untilAsserted(
            () ->
                assertThat(Instant.parse(read(id).getString("renewAt")))
                    .isBetween(
                        Instant.now().plus(Duration.ofMinutes(50)),
                        Instant.now().plus(Duration.ofMinutes(60))));
    asViewer().get("/v1/certificates/" + id + "/explain").then().body("why", is("LATER"));
    assertThat(host.await(id, 1).spec().path("requests")).isEmpty();
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }
}
