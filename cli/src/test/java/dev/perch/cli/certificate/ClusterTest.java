package dev.perch.cli.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.Environment;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Ran;
import dev.perch.cli.rest.Peer;
import dev.perch.contract.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code perch clusters} and {@code --secret} make of their options. */
class ClusterTest {
  private static final String ID = "0199e1d2-7a44-7c1e-9d5b-0242ac120002";
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  @TempDir private Path folder = Path.of("");
  private Environment environment = new Environment(Map.of(), Path.of(""), null);
  private final Peer certmon = new Peer();

  @BeforeEach
  void context() {
    environment =
        new Environment(
            Map.of(
                "XDG_CONFIG_HOME", folder.toString(),
                "PERCH_CONTEXT", "lab",
                "PERCH_TOKEN", "token"),
            folder,
            null);
    Ran set =
        Ran.in(environment, "contexts", "set", "lab", "--service", "certmon=" + certmon.address());
    assertThat(set.code()).isEqualTo(ExitCode.DONE);
  }

  @AfterEach
  void close() {
    certmon.close();
  }

  @Test
  void aClusterIsReachedWithATokenFromAFile() throws Exception {
    Path anchors = Files.writeString(folder.resolve("ca.pem"), "-----BEGIN");
    Path token = Files.writeString(folder.resolve("token"), "eyJ\n");
    var _ = certmon.then(201, JSON, "{}");

    Ran ran =
        Ran.in(
            environment,
            "clusters",
            "create",
            "north-1",
            "--site",
            ID,
            "--server",
            "https://192.0.2.7:6443",
            "--anchors",
            anchors,
            "--token-file",
            token,
            "--label",
            "tier=1");

    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    Peer.Request request = certmon.requests.getFirst();
    assertThat(request.method() + " " + request.uri()).isEqualTo("POST /v1/clusters");
    assertThat(Json.MAPPER.readTree(request.body()))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"name": "north-1", "siteId": "0199e1d2-7a44-7c1e-9d5b-0242ac120002",
                 "server": "https://192.0.2.7:6443", "anchors": "-----BEGIN",
                 "credentials": {"token": "eyJ"}, "labels": {"tier": "1"}}
                """));
  }

  @Test
  void whatIsInTheWayIsShownAndTheExitCodeSaysSo() {
    var _ =
        certmon.then(
            200,
            JSON,
            """
            {"ok": false, "findings": [
              {"code": "forbidden", "detail": "may not patch", "remedy": "Bind a role."}]}
            """);

    Ran ran =
        Ran.in(environment, "clusters", "check", ID, "--namespace", "web", "--namespace", "api");

    assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.out()).contains("forbidden").contains("Bind a role.");
    assertThat(certmon.requests.getFirst().uri())
        .hasToString("/v1/clusters/" + ID + "/check?namespace=web%2Capi");
  }

  @Test
  void aCertificateIsPublishedToSecrets() throws Exception {
    var _ = certmon.then(201, JSON, "{}");

    Ran ran =
        Ran.in(
            environment,
            "certs",
            "create",
            "web.edge.example",
            "--issuer",
            ID,
            "--secret",
            "north-1/ingress/web-tls",
            "--secret",
            "north-2/ingress/web-tls");

    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    assertThat(Json.MAPPER.readTree(certmon.requests.getFirst().body()).path("targets"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                [{"secret": {"cluster": "north-1", "namespace": "ingress", "name": "web-tls"}},
                 {"secret": {"cluster": "north-2", "namespace": "ingress", "name": "web-tls"}}]
                """));
  }

  @Test
  void storesAreAskedForWithTheirPasswordFromAFile() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "correct horse\n");
    var _ = certmon.then(201, JSON, "{}");

    Ran ran =
        Ran.in(
            environment,
            "certs",
            "create",
            "queue.edge.example",
            "--issuer",
            ID,
            "--secret",
            "north-1/queue/broker-tls",
            "--pkcs12-password-file",
            password.toString());

    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    JsonNode body = Json.MAPPER.readTree(certmon.requests.getFirst().body());
    assertThat(body.at("/targets/0/secret/pkcs12").isObject()).isTrue();
    assertThat(body.at("/credentials/pkcs12Password").textValue()).isEqualTo("correct horse");
  }

  @Test
  void storesMayHaveTheirPasswordInAnotherSecret() throws Exception {
    var _ = certmon.then(201, JSON, "{}");

    Ran ran =
        Ran.in(
            environment,
            "certs",
            "create",
            "queue.edge.example",
            "--issuer",
            ID,
            "--secret",
            "north-1/queue/broker-tls",
            "--pkcs12-password-from",
            "stores/password");

    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    JsonNode body = Json.MAPPER.readTree(certmon.requests.getFirst().body());
    assertThat(body.at("/targets/0/secret/pkcs12/passwordFrom"))
        .isEqualTo(Json.MAPPER.readTree("{\"secret\": \"stores\", \"key\": \"password\"}"));
    assertThat(body.has("credentials")).isFalse();
  }

  @Test
  void storesWithoutASecretAreRefusedBeforeAnybodyIsAsked() {
    Ran ran = Ran.in(environment, "certs", "create", "web", "--issuer", ID, "--pkcs12");

    assertThat(ran.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(ran.err()).contains("--secret");
  }

  @Test
  void aSecretWithoutItsNamespaceIsRefusedBeforeAnybodyIsAsked() {
    Ran ran =
        Ran.in(environment, "certs", "create", "web", "--issuer", ID, "--secret", "north-1/web");

    assertThat(ran.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(ran.err()).contains("CLUSTER/NAMESPACE/NAME");
    assertThat(certmon.requests).isEmpty();
  }
}
