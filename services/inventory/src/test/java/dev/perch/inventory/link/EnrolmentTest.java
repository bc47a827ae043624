package dev.perch.inventory.link;

import static dev.perch.inventory.Api.asOperator;
import static dev.perch.inventory.Api.asViewer;
import static dev.perch.inventory.Api.createHost;
import static dev.perch.inventory.Api.createSite;
import static dev.perch.inventory.Api.unique;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.perch.contract.link.AgentKeys;
import dev.perch.contract.link.EnrolmentRequest;
import dev.perch.contract.link.EnrolmentToken;
import dev.perch.contract.link.LinkClose;
import dev.perch.contract.link.LinkProof;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Platform.class)
class EnrolmentTest {

  @Test
  void aTokenSaysWhereTheServerIsAndWhomToTrustAndEnrolsOneAgent() {
    UUID host = createHost(createSite());
    KeyPair keys = AgentKeys.generate();

    EnrolmentToken token = TestAgent.token(host, false);

    assertThat(token.endpoints()).hasToString("[https://perch.test:8443]");
    assertThat(token.pins()).hasSize(2).allSatisfy(pin -> assertThat(pin).hasSize(43));
    TestAgent.enrol(token, keys)
        .then()
        .statusCode(201)
        .body("hostId", is(host.toString()))
        .body("link.server", is("perch"));
    asViewer()
        .get("/v1/hosts/" + host + "/agent")
        .then()
        .body("signingKey", is(AgentKeys.write(keys.getPublic())));
    TestAgent.enrol(token, AgentKeys.generate()).then().statusCode(403);
  }

  @Test
  void anAgentThatDidNotHearTheAnswerGetsItAgain() {
    EnrolmentToken token = TestAgent.token(createHost(createSite()), false);
    KeyPair keys = AgentKeys.generate();
    KeyPair encryption = AgentKeys.generate();
    String first = TestAgent.enrol(token, keys, encryption).then().extract().asString();

    TestAgent.enrol(token, keys, encryption).then().statusCode(201).body(equalTo(first));
  }

  @Test
  void aHostMayBeNamedThatIsNotRegisteredYet() {
    UUID site = createSite();
    String name = unique("edge");
    var request =
        asOperator()
            .contentType(ContentType.JSON)
            .body(Map.of("siteId", site, "name", name, "personality", "CONTROLLER"));

    String host =
        request.post("/v1/enrolment-tokens").then().statusCode(201).extract().path("hostId");

    asViewer()
        .get("/v1/hosts/" + host)
        .then()
        .body("name", is(name))
        .body("personality", is("CONTROLLER"));
    request.post("/v1/enrolment-tokens").then().statusCode(201).body("hostId", is(host));
  }

  @Test
  void whatIsWrongWithATokenOrAProofIsNotSaid() {
    EnrolmentToken token = TestAgent.token(createHost(createSite()), false);
    KeyPair keys = AgentKeys.generate();
    String signing = AgentKeys.write(keys.getPublic());
    String encryption = AgentKeys.write(AgentKeys.generate().getPublic());
    String good =
        LinkProof.ofEnrolment(keys.getPrivate(), token.server(), token.id(), signing, encryption);
    String elsewhere =
        LinkProof.ofEnrolment(keys.getPrivate(), "other", token.id(), signing, encryption);

    refused(token.id(), "no secret", signing, encryption, good);
    refused(UUID.randomUUID().toString(), token.secret(), signing, encryption, good);
    refused("no id", token.secret(), signing, encryption, good);
    refused(token.id(), token.secret(), signing, encryption, elsewhere);
    refused(token.id(), token.secret(), signing, signing, good);
    refused(token.id(), token.secret(), "AAAA", encryption, good);
    TestAgent.send(new EnrolmentRequest(token.id(), token.secret(), signing, encryption, good, "1"))
        .then()
        .statusCode(201);
  }

  private static void refused(
      String id, String secret, String signing, String encryption, String proof) {
    TestAgent.send(new EnrolmentRequest(id, secret, signing, encryption, proof, "1"))
        .then()
        .statusCode(403)
        .body("violations", is((Object) null))
        .body("detail", not(equalTo(secret)));
  }

  @Test
  void aBodyThatIsNoRequestIsNotEchoed() {
    given()
        .contentType(ContentType.JSON)
        .body("{\"tokenId\":\"x\",\"tokenSecret\":{\"very\":\"s3cret\"}}")
        .post("/agent/v1/enrol")
        .then()
        .statusCode(400)
        .body(not(containsString("s3cret")));
  }

  @Test
  void aTokenExpires() {
    UUID host = createHost(createSite());
    EnrolmentToken token =
        EnrolmentToken.read(
            asOperator()
                .contentType(ContentType.JSON)
                .body(Map.of("hostId", host, "validForSeconds", 1))
                .post("/v1/enrolment-tokens")
                .path("token"));
    Awaitility.await().until(() -> token.expiresAt().isBefore(Instant.now()));

    TestAgent.enrol(token, AgentKeys.generate()).then().statusCode(403);
  }

  @Test
  void aHostKeepsItsIdentityWhenAnOperatorApprovesAnotherKey() {
    UUID host = createHost(createSite());
    try (TestAgent before = TestAgent.enrolled(host).welcomed()) {
      asOperator()
          .contentType(ContentType.JSON)
          .body(Map.of("hostId", host))
          .post("/v1/enrolment-tokens")
          .then()
          .statusCode(409)
          .body("violations.code", contains("agent.enrolled"));
      KeyPair keys = AgentKeys.generate();

      TestAgent.enrol(TestAgent.token(host, true), keys)
          .then()
          .statusCode(201)
          .body("hostId", is(host.toString()));

      assertThat(before.closedBecause()).isEqualTo(LinkClose.REVOKED);
      try (TestAgent returned = before.again().connect()) {
        returned.hello(returned.challenge());
        assertThat(returned.closedBecause()).isEqualTo(LinkClose.REFUSED);
      }
    }
  }

  @Test
  void aTokenThatWasMadeBeforeAnotherWasUsedReplacesNothing() {
    UUID host = createHost(createSite());
    EnrolmentToken one = TestAgent.token(host, false);
    EnrolmentToken other = TestAgent.token(host, false);
    TestAgent.enrol(one, AgentKeys.generate()).then().statusCode(201);

    TestAgent.enrol(other, AgentKeys.generate()).then().statusCode(409);
  }

  @Test
  void aStolenMachineIsDisconnectedAndRefusedAlsoWithItsOldToken() {
    UUID host = createHost(createSite());
    KeyPair keys = AgentKeys.generate();
    KeyPair encryption = AgentKeys.generate();
    EnrolmentToken token = TestAgent.token(host, false);
    TestAgent.enrol(token, keys, encryption).then().statusCode(201);

    revoke(host);

    TestAgent.enrol(token, keys, encryption).then().statusCode(403);
    asViewer().get("/v1/hosts/" + host + "/agent").then().statusCode(404);
  }

  @Test
  void theTimelineOfAHostSaysWhoEnrolledReplacedAndRevokedItsAgentAndWhy() {
    UUID host = createHost(createSite());
    EnrolmentToken first = TestAgent.token(host, false);
    TestAgent.enrol(first, AgentKeys.generate()).then().statusCode(201);
    EnrolmentToken second = TestAgent.token(host, true);
    TestAgent.enrol(second, AgentKeys.generate()).then().statusCode(201);

    revoke(host);

    asViewer()
        .get("/v1/hosts/" + host + "/timeline")
        .then()
        .body(
            "items.cause.operation",
            contains("agent.revoke", "agent.replace", "agent.enrol", "host.register"))
        .body("items.version", contains(4, 3, 2, 1))
        .body("items[0].cause.reason", is("stolen"))
        .body("items[1].cause.actor", is("host:" + host))
        .body("items[1].cause.reason", containsString(second.id()));
  }

  @Test
  void aHostWhoseAgentIsRevokedIsNotAvailableAnyMore() {
    UUID host = createHost(createSite());
    try (TestAgent agent = TestAgent.enrolled(host).welcomed()) {
      Awaitility.await().until(() -> availability(host).equals("AVAILABLE"));

      revoke(host);

      assertThat(agent.closedBecause()).isEqualTo(LinkClose.REVOKED);
      assertThat(availability(host)).isEqualTo("UNKNOWN");
    }
  }

  private static String availability(UUID host) {
    return asViewer().get("/v1/hosts/" + host).path("state.availability");
  }

  private static void revoke(UUID host) {
    asOperator()
        .contentType(ContentType.JSON)
        .body(Map.of("reason", "stolen"))
        .post("/v1/hosts/" + host + "/agent/revocations")
        .then()
        .statusCode(204);
  }

  @Test
  void aViewerMakesNoTokens() {
    var body = Map.of("hostId", createHost(createSite()));

    asViewer()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/v1/enrolment-tokens")
        .then()
        .statusCode(403);
  }
}
