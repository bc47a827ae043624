package dev.perch.e2e;

import static dev.perch.kit.testkit.EventsAssert.assertThatEvents;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Catalogue;
import dev.perch.kit.testkit.Event;
import dev.perch.kit.testkit.Events;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate's life from the command line, as openssl and Kafka see it. */
class CertificateTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Perch perch = Perch.running();

  @TempDir private Path folder = Path.of("");

  @Test
  void aCertificateIsIssuedTrustedRenewedAndRevoked() throws Exception {
    perch.awaitReady();
    var cli = new Cli(folder, "--state-dir", perch.state().toString());
    String edge = "edge-" + UUID.randomUUID().toString().substring(0, 8);
    String host = "h-1." + edge + ".example";
    cli.run("issuers", "create", edge, "--ca", "Edge CA", "--permit", edge + ".example")
        .successfully();
    JsonNode issuer =
        await()
            .atMost(PATIENCE)
            .until(
                () -> cli.run("issuers", "get", edge, "-o", "json").json(),
                one -> one.path("state").asText().equals("READY"));
    assertThat(cli.run("issuers", "check", edge).exit()).isZero();

    JsonNode created = cli.run("certs", "create", host, "--issuer", edge, "-o", "json").json();
    await()
        .atMost(PATIENCE)
        .until(
            () -> cli.run("certs", "get", host, "-o", "json").json(),
            one -> one.path("state").asText().equals("READY"));

    Path authority = file("ca.pem", issuer.at("/authority/chain").asText());
    Path first = file("first.pem", cli.run("certs", "chain", host).successfully().out());
    assertThat(verified(authority, first, "-verify_hostname", host)).contains("first.pem: OK");
    assertThat(cli.run("certs", "explain", host, "-o", "json").json().path("why").asText())
        .isEqualTo("LATER");
    JsonNode renewed = cli.run("certs", "renew", host, "--wait", "-o", "json").json();
    assertThat(renewed.at("/revision/number").asInt()).isEqualTo(2);
    Path second = file("second.pem", cli.run("certs", "chain", host).successfully().out());
    assertThat(Files.readString(second)).isNotEqualTo(Files.readString(first));
    assertThat(verified(authority, second, "-verify_hostname", host)).contains("second.pem: OK");
    assertThat(cli.run("certs", "forecast", "--within", "P120D").successfully().out())
        .contains(host);

    cli.run("certs", "revoke", host, "--because", "KEY_COMPROMISE", "--reason", "stolen")
        .successfully();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(verified(authority, second, "-crl_check", "-CRLfile", list(issuer)))
                    .contains("certificate revoked"));
    String id = created.path("id").asText();
    List<Event> story =
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    Events.onBroker(perch.kafka(), Catalogue.CERTIFICATES.log().name()).stream()
                        .filter(event -> id.equals(event.key()))
                        .toList(),
                events -> events.size() == 5);
    assertThat(story)
        .extracting(event -> requireNonNull(event.value()).at("/cause/operation").asText())
        .containsExactly(
            "certificate.create",
            "certificate.issue",
            "certificate.renew",
            "certificate.issue",
            "certificate.revoke");
    assertThatEvents(story).areCloudEvents().matchTheirSchemas().areGapFreePerKey();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** What openssl says of a chain. */
  private static String verified(Path authority, Path chain, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of("openssl", "verify", "-x509_strict", "-CAfile", authority.toString()));
    command.addAll(List.of(options));
    command.add(chain.toString());
    return Checkout.run(Map.of(), command).output();
  }

  /** The issuer's revocation list, read without a token. */
  private String list(JsonNode issuer) throws IOException, InterruptedException {
    URI address = Perch.uri(perch.named("certmon"), "/crl/" + issuer.path("id").asText() + ".crl");
    Path der = folder.resolve("edge.crl");
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(
              http.send(
                      HttpRequest.newBuilder(address).build(),
                      HttpResponse.BodyHandlers.ofFile(der))
                  .statusCode())
          .isEqualTo(200);
    }
    Path pem = folder.resolve("edge.pem");
    Checkout.run(
            Map.of(),
            List.of(
                "openssl", "crl", "-inform", "DER", "-in", der.toString(), "-out", pem.toString()))
        .successfully();
    return pem.toString();
  }
}
