package dev.perch.cli.host;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code perch hosts agent}. */
@Command(
    name = "agent",
    description = "Shows the agent of a host: its version and public keys.",
    footer = "  perch hosts agent north-1/edge-1")
final class GetAgent extends Verb {
  @Parameters(paramLabel = "HOST", description = Hosts.DESCRIPTION)
  private String host = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    screen.one(inventory.send(Call.get(new Hosts(inventory).path(host) + "/agent")).body());
    return ExitCode.DONE;
  }
}
