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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code perch issuers create} makes of its options. */
class CreateIssuerTest {
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
  void anAcmeServerWithAnUpdatedZoneAndASecretFromAFile() throws Exception {
    Path anchors = Files.writeString(folder.resolve("anchors.pem"), "-----BEGIN");
    Path secret = Files.writeString(folder.resolve("tsig"), "c2VjcmV0\n");
    Path mac = Files.writeString(folder.resolve("mac"), "bWFj\n");

    JsonNode sent =
        created(
            "--acme",
            "https://acme.example/directory",
            "--agree",
            "--contact",
            "mailto:ops@edge.example",
            "--anchors",
            anchors,
            "--acme-profile",
            "shortlived",
            "--eab-kid",
            "kid-1",
            "--eab-mac-file",
            mac,
            "--dns-zone",
            "edge.example",
            "--tls-alpn-01",
            "--dns-server",
            "192.0.2.53",
            "--dns-port",
            "5353",
            "--tsig-key",
            "perch",
            "--tsig-secret-file",
            secret,
            "--orders",
            "300",
            "--per",
            "PT3H");

    assertThat(sent)
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"name": "public", "kind": "ACME",
                 "acme": {"directory": "https://acme.example/directory", "termsAgreed": true,
                   "contacts": ["mailto:ops@edge.example"], "profile": "shortlived",
                   "externalKeyId": "kid-1", "anchors": "-----BEGIN",
                   "solvers": {"http01": false, "tlsAlpn01": true, "dnsUpdate": {"zone": "edge.example",
                     "server": "192.0.2.53", "keyName": "perch", "port": 5353}}},
                 "credentials": {"externalMac": "bWFj", "tsigSecret": "c2VjcmV0"},
                 "rate": {"orders": 300, "per": "PT3H"}}
                """));
  }

  @Test
  void aCsrApiWithItsChainAndKey() throws Exception {
    Path chain = Files.writeString(folder.resolve("chain.pem"), "-----BEGIN");
    Path key = Files.writeString(folder.resolve("key"), "00ff\n");

    JsonNode sent =
        created(
            "--csr-api",
            "https://ca.example/api/v1/cfssl/",
            "--revoke-api",
            "https://ca.example/revoke/",
            "--api-label",
            "primary",
            "--chain",
            chain,
            "--key-file",
            key);

    assertThat(sent)
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"name": "public", "kind": "CSR_API",
                 "csrApi": {"signing": "https://ca.example/api/v1/cfssl/",
                   "revoking": "https://ca.example/revoke/", "label": "primary",
                   "chain": "-----BEGIN"},
                 "credentials": {"apiKey": "00ff"}}
                """));
  }

  @Test
  void twoKindsAtOnceAreRefusedBeforeAnybodyIsAsked() {
    Ran ran = create("--ca", "Edge CA", "--acme", "https://acme.example/directory");

    assertThat(ran.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(ran.err()).contains("--acme URL or --csr-api URL");
    assertThat(certmon.requests).isEmpty();
  }

  @Test
  void aSecretThatCannotBeReadIsNamedByItsFile() {
    Path missing = folder.resolve("missing");

    Ran ran =
        create("--acme", "https://acme.example/directory", "--http-01", "--eab-mac-file", missing);

    assertThat(ran.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(ran.err()).contains("cannot read " + missing);
    assertThat(certmon.requests).isEmpty();
  }

  private JsonNode created(Object... options) throws Exception {
    var _ = certmon.then(201, Map.of("Content-Type", "application/json"), "{}");
    Ran ran = create(options);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isEqualTo(ExitCode.DONE);
    Peer.Request request = certmon.requests.getFirst();
    assertThat(request.method() + " " + request.uri()).isEqualTo("POST /v1/issuers");
    return Json.MAPPER.readTree(request.body());
  }

  private Ran create(Object... options) {
    List<Object> words = new ArrayList<>(List.of("issuers", "create", "public"));
    words.addAll(List.of(options));
    return Ran.in(environment, words.toArray());
  }
}
