package dev.perch.cli.host;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Patches;
import dev.perch.cli.resource.Reason;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code perch hosts delete}. */
@Command(
    name = "delete",
    description = "Removes a host; its timeline stays.",
    footer = "  perch hosts delete north-1/edge-1 --reason 'scrapped'")
final class DeleteHost extends Verb {
  @Parameters(paramLabel = "HOST", description = Hosts.DESCRIPTION)
  private String host = "";

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    Patches.remove(inventory, new Hosts(inventory).path(host), reason);
    screen.say("Removed " + host);
    return ExitCode.DONE;
  }
}
