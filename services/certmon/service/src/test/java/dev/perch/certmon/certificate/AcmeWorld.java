package dev.perch.certmon.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.perch.certmon.issue.Chain;
import dev.perch.contract.Json;
import dev.perch.contract.certmon.Issuer;
import dev.perch.kit.peers.ChallTestServer;
import dev.perch.kit.peers.Pebble;
import dev.perch.kit.peers.PebbleSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** An ACME server, and a zone that a webhook puts records into. */
final class AcmeWorld implements AutoCloseable {
  final Pebble pebble;
  private final ChallTestServer dns;
  private final HttpServer webhook;

  AcmeWorld(Path folder) throws IOException {
    dns = new ChallTestServer(Files.createDirectory(folder.resolve("dns")));
    dns.start();
    pebble =
        new Pebble(
            Files.createDirectory(folder.resolve("pebble")),
            PebbleSettings.answeredAt(1, 1).resolvingAt(dns.dns()));
    pebble.start();
    webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    webhook.createContext("/present", this::present);
    webhook.createContext("/cleanup", AcmeWorld::done);
    webhook.start();
  }

  /** As it is reached straight. */
  Issuer.Acme acme() {
    return acme(pebble.directory());
  }

  Issuer.Acme acme(URI directory) {
    return new Issuer.Acme(
        directory,
        List.of(),
        true,
        null,
        null,
        pem(pebble.root()),
        pem(pebble.tlsAnchor()),
        new Issuer.Solvers(
            false,
            null,
            URI.create("http://127.0.0.1:" + webhook.getAddress().getPort() + "/"),
            null));
  }

  /** How many were made there. */
  long orders() {
    return pebble.output().lines().filter(line -> line.contains("Added order")).count();
  }

  @Override
  public void close() {
    webhook.stop(0);
    pebble.close();
    dns.close();
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
