package dev.perch.cli.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.Environment;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Ran;
import dev.perch.cli.rest.Peer;
import dev.perch.contract.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code perch rules} makes of its options. */
class RuleOptionsTest {
  private static final String ISSUER = "0199e1d2-7a44-7c1e-9d5b-0242ac120002";
  private static final Map<String, String> IS_JSON = Map.of("Content-Type", "application/json");

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
  void aRuleWithAFolderThatIsProbed() throws Exception {
    var _ = certmon.then(201, IS_JSON, "{}");

    Ran ran =
        Ran.in(
            environment,
            "rules",
            "create",
            "web",
            "--issuer",
            ISSUER,
            "--selector",
            "role=web",
            "--for",
            "dns:{name}.edge.example",
            "--life",
            "P30D",
            "--folder",
            "/etc/nginx/tls/web",
            "--reload",
            "nginx",
            "--reload",
            "-s",
            "--reload",
            "reload",
            "--probe",
            "127.0.0.1:443",
            "--server-name",
            "{name}.edge.example");

    assertThat(ran.err()).isEmpty();
    assertThat(sent("POST /v1/rules"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"name": "web", "issuerId": "%s", "selector": "role=web",
                 "names": ["dns:{name}.edge.example"], "life": "PT720H",
                 "target": {"folder": "/etc/nginx/tls/web", "reload": ["nginx", "-s", "reload"],
                   "probe": {"address": "127.0.0.1:443", "serverName": "{name}.edge.example"}}}
                """
                    .formatted(ISSUER)));
  }

  @Test
  void aPreviewShowsHostsAndTellsTheirNumbersBeside() throws Exception {
    var _ =
        certmon.then(
            200,
            IS_JSON,
            """
            {"totals": {"NEW": 2, "REFUSED": 1},
             "items": [{"host": "h-1", "what": "NEW", "certificate": "web.h-1",
                        "names": ["dns:h-1.edge.example"]}]}
            """);

    Ran ran = Ran.in(environment, "rules", "preview", "web", "--new", "--issuer", ISSUER);

    assertThat(ran.code()).isEqualTo(ExitCode.DONE);
    assertThat(ran.out()).contains("web.h-1", "dns:h-1.edge.example");
    assertThat(ran.err()).contains("1 refused, 2 new");
    assertThat(sent("POST /v1/rules/preview").path("name").asText()).isEqualTo("web");
  }

  private JsonNode sent(String request) throws Exception {
    Peer.Request only = certmon.requests.getFirst();
    assertThat(only.method() + " " + only.uri()).isEqualTo(request);
    return Json.MAPPER.readTree(only.body());
  }
}
