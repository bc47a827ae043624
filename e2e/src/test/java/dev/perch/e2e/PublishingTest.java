package dev.perch.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.embedded.Ports;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate whose key is made on a host, to what a TLS server there really shows. */
class PublishingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Perch perch = Perch.running();
  private final HostAgent agent = new HostAgent();
  private final int port = Ports.free();

  @TempDir private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private UUID host;

  @BeforeEach
  void enrolTheHost() throws IOException {
    perch.awaitReady();
    var inventory = perch.inventories().getFirst();
    UUID site = perch.createSite(inventory);
    var issued =
        perch
            .at(inventory)
            .contentType(ContentType.JSON)
            .body(Map.of("siteId", site, "name", "edge-1"))
            .post("/v1/enrolment-tokens")
            .then()
            .statusCode(201)
            .extract();
    host = UUID.fromString(issued.path("hostId"));
    agent.enrol(issued.path("token"));
    Files.writeString(agent.command(), server(agent.allowed().resolve("web")));
    Files.setPosixFilePermissions(agent.command(), PosixFilePermissions.fromString("rwxr-xr-x"));
    agent.start();
  }

  @AfterEach
  void stopTheHost() throws IOException {
    Path pid = folder.resolve("server.pid");
    if (Files.exists(pid)) {
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
    agent.close();
  }

  @Test
  void aCertificateIsServedWithTheHostsOwnKeyAndSoIsTheNextOne() throws IOException {
    var cli = new Cli(folder, "--state-dir", perch.state().toString());
    String edge = "pub-" + UUID.randomUUID().toString().substring(0, 8);
    String name = "web." + edge + ".example";
    cli.run("issuers", "create", edge, "--ca", "Edge CA").successfully();

    // Certmon hears of the host a moment after inventory has it.
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                cli.run(
                        "certs",
                        "create",
                        name,
                        "--issuer",
                        edge,
                        "--host",
                        host.toString(),
                        "--folder",
                        agent.allowed().resolve("web").toString(),
                        "--reload",
                        agent.command().toString(),
                        "--probe",
                        "127.0.0.1:" + port,
                        "--server-name",
                        name)
                    .exit(),
            exit -> exit == 0);

    JsonNode first = awaitVerified(cli, name, 1);
    assertThat(Files.exists(agent.allowed().resolve("web/current/tls.key"))).isTrue();
    cli.run("certs", "renew", name, "--wait").successfully();
    JsonNode second = awaitVerified(cli, name, 2);
    assertThat(second.at("/revision/serial").asText())
        .isNotEqualTo(first.at("/revision/serial").asText());
    assertThat(second.at("/revision/spkiSha256").asText())
        .as("a new key")
        .isNotEqualTo(first.at("/revision/spkiSha256").asText());

    agent.loseKeys();

    JsonNode third = awaitVerified(cli, name, 3);
    assertThat(third.at("/revision/spkiSha256").asText())
        .as("the lost key is replaced")
        .isNotEqualTo(second.at("/revision/spkiSha256").asText());
  }

  private static JsonNode awaitVerified(Cli cli, String name, int revision) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> cli.run("certs", "get", name, "-o", "json").json(),
            one ->
                one.at("/publications/0/state").asText().equals("VERIFIED")
                    && one.at("/publications/0/revision").asInt() == revision);
  }

  /** Serves, in place of what served before, the certificate that is in the folder now. */
  private String server(Path web) {
    return """
    #!/bin/sh
    pid=%1$s/server.pid
    if [ -f "$pid" ]; then
      kill "$(cat "$pid")"
      while kill -0 "$(cat "$pid")" 2>/dev/null; do sleep 0.05; done
    fi
    openssl s_server -www -accept 127.0.0.1:%3$d -cert_chain %2$s/current/tls.crt \\
      -cert %2$s/current/tls.crt -key %2$s/current/tls.key </dev/null >%1$s/server.log 2>&1 &
    echo $! >"$pid"
    """
        .formatted(folder, web, port);
  }
}
