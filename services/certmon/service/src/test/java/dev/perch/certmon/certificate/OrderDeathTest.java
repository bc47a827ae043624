package dev.perch.certmon.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.perch.certmon.issue.Chain;
import dev.perch.contract.Json;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.peers.ChallTestServer;
import dev.perch.kit.peers.Pebble;
import dev.perch.kit.peers.PebbleSettings;
import dev.perch.kit.testkit.Victim;
import dev.perch.kit.testkit.Victims;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A replica is killed with an order at an ACME server; another one goes on with that order. */
class OrderDeathTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @RegisterExtension final Victims victims = new Victims();
  @TempDir Path folder;
  private IssuingReplica replica;
  private ChallTestServer dns;
  private Pebble pebble;
  private HttpServer webhook;

  @BeforeEach
  void open() throws Exception {
    dns = new ChallTestServer(Files.createDirectory(folder.resolve("dns")));
    dns.start();
    pebble =
        new Pebble(
            Files.createDirectory(folder.resolve("pebble")),
            PebbleSettings.answeredAt(1, 1).resolvingAt(dns.dns()));
    pebble.start();
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext("/present", this::present);
    webhook.createContext("/cleanup", OrderDeathTest::done);
    webhook.start();
    replica = IssuingReplica.fresh(folder.resolve("seal.keys"));
  }

  @AfterEach
  void close() {
    replica.close();
    webhook.stop(0);
    pebble.close();
    dns.close();
  }

  @ParameterizedTest(name = "{0}, time {1}")
  @CsvSource({"choose, 1", "answer, 1", "conclude, 1", "collect, 1"})
  void betweenOrderAndCertificateThereIsNoSecondOrder(String step, int time) throws Exception {
    UUID certificate = replica.certificate(replica.acme(acme()));
    Victim victim =
        victims.start(
            Victim.of(IssuingReplica.class, replica.arguments())
                .killedAt("dev.perch.certmon.issue.AcmeOrder", step, time));
    victim.awaitHalt();

    replica.work();

    await().atMost(PATIENCE).until(() -> replica.revisions(certificate).size() == 1);
    Revised only = replica.revisions(certificate).getFirst();
    assertThat(only.status()).isEqualTo(Revised.Status.ACTIVE);
    assertThat(replica.key(Objects.requireNonNull(only.keyId())).getPublic().getEncoded())
        .isEqualTo(Chain.fromPem(only.chain()).leaf().getPublicKey().getEncoded());
    assertThat(pebble.output().lines().filter(line -> line.contains("Added order"))).hasSize(1);
    assertThat(replica.only("select count(*) from private_key"))
        .as("the account's and its own")
        .isEqualTo("2");
  }

  private Issuer.Acme acme() {
    return new Issuer.Acme(
        pebble.directory(),
        List.of(),
        true,
        null,
        null,
        pem(pebble.root()),
        pem(pebble.tlsAnchor()),
        new Issuer.Solvers(
            false, null, URI.create("http://127.0.0.1:" + webhook.getAddress().getPort() + "/")));
  }

  private void present(HttpExchange exchange) throws IOException {
    JsonNode asked = Json.MAPPER.readTree(exchange.getRequestBody());
    dns.addTxt(asked.path("fqdn").asText(), asked.path("value").asText());
    done(exchange);
  }

  private static void done(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static String pem(X509Certificate certificate) {
    return new Chain(List.of(certificate)).toPem();
  }
}
