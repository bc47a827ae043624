package dev.perch.cli.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import dev.perch.contract.Json;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch hosts revoke}. */
@Command(
    name = "revoke",
    description = "Revokes the key of a host's agent: it is disconnected and refused from now on.",
    footer = "  perch hosts revoke north-1/edge-1 --reason stolen")
final class RevokeAgent extends Verb {
  @Parameters(paramLabel = "HOST", description = Hosts.DESCRIPTION)
  private String host = "";

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  private String reason = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    ObjectNode body = Json.MAPPER.createObjectNode().put("reason", reason);
    inventory.send(Call.post(new Hosts(inventory).path(host) + "/agent/revocations", body));
    screen.say("Revoked; let it back in with: perch hosts enrol " + host);
    return ExitCode.DONE;
  }
}
