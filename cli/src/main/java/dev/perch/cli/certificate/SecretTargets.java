package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import java.util.List;
import picocli.CommandLine.Option;

/** Secrets of clusters that a certificate is published to. */
final class SecretTargets {
  @Option(
      names = "--secret",
      paramLabel = "CLUSTER/NAMESPACE/NAME",
      description = "Publishes it to this Secret of Kubernetes. Repeatable.")
  private List<String> secrets = List.of();

  /** Adds them to a certificate, if any was given. */
  void into(ObjectNode body) throws Failure {
    if (secrets.isEmpty()) {
      return;
    }
    if (body.has("targets")) {
      throw new Failure(
          ExitCode.BAD_INPUT,
          "say --host or --secret: a key that is made on a host does not leave it");
    }
    for (String secret : secrets) {
      String[] parts = secret.split("/", -1);
      if (parts.length != 3) {
        throw new Failure(
            ExitCode.BAD_INPUT, "--secret " + secret + " is not CLUSTER/NAMESPACE/NAME");
      }
      body.withArray("targets")
          .addObject()
          .putObject("secret")
          .put("cluster", parts[0])
          .put("namespace", parts[1])
          .put("name", parts[2]);
    }
  }
}
