package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.Failure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a cluster is reached and what it knows Perch by. */
final class ClusterOptions {
  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "The base of its API: https://k8s.edge.example:6443.")
  private @Nullable String server;

  @Option(
      names = "--anchors",
      paramLabel = "FILE",
      description = "PEM of whom to trust as its server, unless they are widely known.")
  private @Nullable Path anchors;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The token of a service account.")
  private @Nullable Path token;

  @Option(
      names = "--client-certificate",
      paramLabel = "FILE",
      description = "PEM of a certificate for clients, instead of a token.")
  private @Nullable Path certificate;

  @Option(names = "--client-key", paramLabel = "FILE", description = "PEM of its key.")
  private @Nullable Path key;

  @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
  private @Nullable String description;

  void into(ObjectNode body) throws Failure {
    Said.text(body, "description", description);
    Said.text(body, "server", server);
    Said.file(body, "anchors", anchors);
    Said.secret(body, "token", token);
    Said.secret(body, "clientCertificate", certificate);
    Said.secret(body, "clientKey", key);
  }
}
