package dev.perch.cli.site;

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

/** {@code perch sites delete}. */
@Command(
    name = "delete",
    description = "Removes a site that has no hosts; its timeline stays.",
    footer = "  perch sites delete north-1 --reason 'closed'")
final class DeleteSite extends Verb {
  @Parameters(paramLabel = "SITE", description = "Its name or id.")
  private String site = "";

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    Patches.remove(inventory, new Sites(inventory).path(site), reason);
    screen.say("Removed " + site);
    return ExitCode.DONE;
  }
}
