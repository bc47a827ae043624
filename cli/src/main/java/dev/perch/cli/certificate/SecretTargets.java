package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Secrets of clusters that a certificate is published to. */
final class SecretTargets {
  @Option(
      names = "--secret",
      paramLabel = "CLUSTER/NAMESPACE/NAME",
      description = "Publishes it to this Secret of Kubernetes. Repeatable.")
  private List<String> secrets = List.of();

  @Option(
      names = "--pkcs12",
      description = "Also as PKCS #12 in each of them: keystore.p12, truststore.p12.")
  private boolean pkcs12;

  @Option(
      names = "--pkcs12-password-from",
      paramLabel = "SECRET/KEY",
      description = "Their password is in this other Secret of the namespace.")
  private @Nullable String passwordFrom;

  @Option(
      names = "--pkcs12-password-file",
      paramLabel = "FILE",
      description = "Their password. Unless there is one, it is made: keystore.password.")
  private @Nullable Path password;

  /** Adds them to a certificate, if any was given. */
  void into(ObjectNode body) throws Failure {
    Said.secret(body, "pkcs12Password", password);
    if (secrets.isEmpty()) {
      if (pkcs12 || passwordFrom != null) {
        throw new Failure(
            ExitCode.BAD_INPUT, "say where the stores go: --secret CLUSTER/NAMESPACE/NAME");
      }
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
      ObjectNode target =
          body.withArray("targets")
              .addObject()
              .putObject("secret")
              .put("cluster", parts[0])
              .put("namespace", parts[1])
              .put("name", parts[2]);
      if (pkcs12 || passwordFrom != null || password != null) {
        stores(target.putObject("pkcs12"));
      }
    }
  }

  private void stores(ObjectNode stores) throws Failure {
    if (passwordFrom != null) {
      String[] parts = passwordFrom.split("/", -1);
      if (parts.length != 2) {
        throw new Failure(
            ExitCode.BAD_INPUT, "--pkcs12-password-from " + passwordFrom + " is not SECRET/KEY");
      }
      stores.putObject("passwordFrom").put("secret", parts[0]).put("key", parts[1]);
    }
  }
}
