package dev.perch.cli.group;

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

/** {@code perch groups delete}. */
@Command(
    name = "delete",
    description = "Removes a group; its hosts stay as they are.",
    footer = "  perch groups delete edge-north --reason 'no longer used'")
final class DeleteGroup extends Verb {
  @Parameters(paramLabel = "GROUP", description = "Its name or id.")
  private String group = "";

  @Mixin private Reason reason = new Reason();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    Patches.remove(inventory, new Groups(inventory).path(group), reason);
    screen.say("Removed " + group);
    return ExitCode.DONE;
  }
}
