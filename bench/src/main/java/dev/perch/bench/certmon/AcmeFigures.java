package dev.perch.bench.certmon;

import dev.perch.bench.measure.Report;
import dev.perch.bench.stack.Stack;
import dev.perch.certmon.issue.Chain;
import dev.perch.kit.peers.ChallTestServer;
import dev.perch.kit.peers.Pebble;
import dev.perch.kit.peers.PebbleSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/** How fast certificates of a real ACME server are issued, which asks certmon itself (http-01). */
final class AcmeFigures {
  private final Stack stack;
  private final Report report;
  private final boolean brief;

  AcmeFigures(Stack stack, Report report, boolean brief) {
    this.stack = stack;
    this.report = report;
    this.brief = brief;
  }

  void take() throws IOException, InterruptedException, SQLException, TimeoutException {
    Path folder = Files.createTempDirectory("pebble");
    try (Certmon certmon = new Certmon(stack);
        ChallTestServer dns = new ChallTestServer(Files.createDirectory(folder.resolve("dns")))) {
      dns.start();
      try (Pebble pebble =
          new Pebble(
              Files.createDirectory(folder.resolve("pebble")),
              PebbleSettings.answeredAt(certmon.url().getPort(), 1).resolvingAt(dns.dns()))) {
        pebble.start();
        measure(certmon, pebble);
      }
    }
  }

  private void measure(Certmon certmon, Pebble pebble)
      throws IOException, InterruptedException, SQLException, TimeoutException {
    UUID issuer =
        certmon.issuer(
            Map.of(
                "name",
                Certmon.name("pebble"),
                "kind",
                "ACME",
                "acme",
                Map.of(
                    "directory", pebble.directory().toString(),
                    "termsAgreed", true,
                    "anchors", pem(pebble.root()),
                    "tlsAnchors", pem(pebble.tlsAnchor()),
                    "solvers", Map.of("http01", true)),
                // What is measured is the work, not the pace that it is held to.
                "rate",
                Map.of("orders", 1000, "per", "PT1S")));
    report.say("warming up");
    int warm = brief ? 20 : 300;
    certmon.create(issuer, warm);
    certmon.awaitIssued(issuer, 1, warm);
    int count = brief ? 50 : 2_000;
    long begin = System.nanoTime();
    certmon.create(issuer, count);
    certmon.awaitIssued(issuer, 1, warm + count);
    report.higher(
        "issued by Pebble, http-01", count / ((System.nanoTime() - begin) / 1e9), "cert/s", 30.0);
  }

  private static String pem(X509Certificate certificate) {
    return new Chain(List.of(certificate)).toPem();
  }
}
