package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Reason;
import dev.perch.cli.rest.Call;
import dev.perch.contract.Json;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch certs renew}. */
@Command(
    name = "renew",
    description = "Renews a certificate now, whatever its policy, windows or suspension say.",
    footer = {
      "  perch certs renew h-1.edge.example --wait",
      "  perch certs renew h-1.edge.example --new-key --reason 'key was mailed'"
    })
final class RenewCertificate extends Verb {
  private static final Duration LOOK = Duration.ofMillis(250);

  @Parameters(paramLabel = "CERT", description = "Its name or id.")
  private String certificate = "";

  @Option(names = "--new-key", description = "With a new key, whatever the policy says.")
  private boolean newKey;

  @Option(
      names = "--over-budget",
      description = "Also if it was issued or ordered too often; who said so is kept.")
  private boolean overBudget;

  @Option(names = "--wait", description = "Returns when the new one is in use.")
  private boolean wait;

  @Option(names = "--timeout", paramLabel = "DURATION", description = "Of the wait: PT2M.")
  private Duration timeout = Duration.ofMinutes(2);

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    String path = certmon.certificate(certificate);
    ObjectNode body = Json.MAPPER.createObjectNode().put("newKey", newKey);
    if (overBudget) {
      body.put("overBudget", true);
    }
    JsonNode asked =
        certmon.rest().send(Call.post(path + "/renew", body).withReason(reason.text())).body();
    screen.one(wait ? renewed(certmon, path, asked) : asked);
    return ExitCode.DONE;
  }

  private JsonNode renewed(Certmon certmon, String path, JsonNode asked)
      throws IOException, InterruptedException, Failure {
    long begin = System.nanoTime();
    int before = asked.at("/revision/number").asInt();
    while (true) {
      JsonNode now = certmon.rest().send(Call.get(path)).body();
      if (now.at("/revision/number").asInt() > before) {
        return now;
      }
      if (System.nanoTime() - begin > timeout.toNanos()) {
        throw new Failure(
            ExitCode.FAILED,
            "it is not renewed yet: " + now.at("/failure/detail").asText("it is being issued"),
            "  See why: perch certs explain " + certificate);
      }
      Thread.sleep(LOOK);
    }
  }
}
