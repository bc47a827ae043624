package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.Failure;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is said of an ACME server. */
final class AcmeOptions {
  @Option(names = "--acme", paramLabel = "URL", description = "An ACME server: its directory.")
  private @Nullable String directory;

  @Option(names = "--agree", description = "Somebody has agreed to its terms of service.")
  private boolean agreed;

  @Option(
      names = "--contact",
      paramLabel = "MAIL",
      description = "mailto:ops@edge.example. Repeatable.")
  private List<String> contacts = List.of();

  @Option(
      names = "--anchors",
      paramLabel = "FILE",
      description = "PEM of the roots of what it signs, unless they are widely known.")
  private @Nullable Path anchors;

  @Option(
      names = "--acme-tls-anchors",
      paramLabel = "FILE",
      description = "PEM of whom to trust as its server, unless they are widely known.")
  private @Nullable Path tlsAnchors;

  @Option(names = "--acme-profile", paramLabel = "NAME", description = "A kind of certificate.")
  private @Nullable String profile;

  @Option(
      names = "--eab-kid",
      paramLabel = "ID",
      description = "The account outside of ACME that ours is bound to.")
  private @Nullable String externalKeyId;

  @Option(names = "--eab-mac-file", paramLabel = "FILE", description = "Its MAC key: base64url.")
  private @Nullable Path externalMac;

  @Option(names = "--http-01", description = "Names are proven by this service itself.")
  private boolean http01;

  @Option(
      names = "--tls-alpn-01",
      description = "Names are proven by a TLS port of this service, if it was given one.")
  private boolean tlsAlpn01;

  @Option(
      names = "--dns-zone",
      paramLabel = "ZONE",
      description = "Names are proven by updates of a zone: edge.example.")
  private @Nullable String zone;

  @Option(names = "--dns-server", paramLabel = "ADDRESS", description = "Its primary server.")
  private @Nullable String dnsServer;

  @Option(names = "--dns-port", paramLabel = "PORT", description = "Of that server: 53.")
  private @Nullable Integer dnsPort;

  @Option(names = "--tsig-key", paramLabel = "NAME", description = "What updates are signed with.")
  private @Nullable String tsigKey;

  @Option(names = "--tsig-secret-file", paramLabel = "FILE", description = "Its secret: base64.")
  private @Nullable Path tsigSecret;

  @Option(
      names = "--dns-webhook",
      paramLabel = "URL",
      description = "Names are proven by a program that puts records into a zone.")
  private @Nullable String webhook;

  @Option(
      names = "--webhook-token-file",
      paramLabel = "FILE",
      description = "A token that it wants to see.")
  private @Nullable Path webhookToken;

  boolean isAsked() {
    return directory != null;
  }

  void into(ObjectNode body) throws Failure {
    ObjectNode acme = body.put("kind", "ACME").putObject("acme");
    acme.put("directory", directory).put("termsAgreed", agreed);
    contacts.forEach(acme.withArray("contacts")::add);
    Said.text(acme, "profile", profile);
    Said.text(acme, "externalKeyId", externalKeyId);
    Said.file(acme, "anchors", anchors);
    Said.file(acme, "tlsAnchors", tlsAnchors);
    ObjectNode solvers = acme.putObject("solvers").put("http01", http01);
    if (tlsAlpn01) {
      solvers.put("tlsAlpn01", true);
    }
    Said.text(solvers, "dnsWebhook", webhook);
    if (zone != null) {
      ObjectNode update = solvers.putObject("dnsUpdate").put("zone", zone);
      Said.text(update, "server", dnsServer);
      Said.text(update, "keyName", tsigKey);
      if (dnsPort != null) {
        update.put("port", dnsPort);
      }
    }
    Said.secret(body, "externalMac", externalMac);
    Said.secret(body, "tsigSecret", tsigSecret);
    Said.secret(body, "webhookToken", webhookToken);
  }
}
