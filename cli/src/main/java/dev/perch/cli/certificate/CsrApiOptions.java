package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.Failure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is said of a CSR API. */
final class CsrApiOptions {
  @Option(
      names = "--csr-api",
      paramLabel = "URL",
      description = "An API of CFSSL's dialect: https://ca.example/api/v1/cfssl/.")
  private @Nullable String signing;

  @Option(names = "--revoke-api", paramLabel = "URL", description = "The one that revokes.")
  private @Nullable String revoking;

  @Option(
      names = "--chain",
      paramLabel = "FILE",
      description = "PEM of the certificate it signs with and those above it, the root last.")
  private @Nullable Path chain;

  @Option(
      names = "--api-tls-anchors",
      paramLabel = "FILE",
      description = "PEM of whom to trust as its server, unless they are widely known.")
  private @Nullable Path tlsAnchors;

  @Option(names = "--api-label", paramLabel = "NAME", description = "The CA among several.")
  private @Nullable String label;

  @Option(names = "--api-profile", paramLabel = "NAME", description = "A kind of certificate.")
  private @Nullable String profile;

  @Option(names = "--key-file", paramLabel = "FILE", description = "The shared key: hexadecimal.")
  private @Nullable Path key;

  boolean isAsked() {
    return signing != null;
  }

  void into(ObjectNode body) throws Failure {
    ObjectNode api = body.put("kind", "CSR_API").putObject("csrApi").put("signing", signing);
    Said.text(api, "revoking", revoking);
    Said.text(api, "label", label);
    Said.text(api, "profile", profile);
    Said.file(api, "chain", chain);
    Said.file(api, "tlsAnchors", tlsAnchors);
    Said.secret(body, "apiKey", key);
  }
}
