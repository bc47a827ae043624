package dev.perch.cli.group;

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

/** {@code perch groups get}. */
@Command(
    name = "get",
    description = "Shows one group.",
    footer = {"  perch groups get edge-north", "  perch groups get edge-north -o yaml"})
final class GetGroup extends Verb {
  @Parameters(paramLabel = "GROUP", description = "Its name or id.")
  private String group = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    screen.one(inventory.send(Call.get(new Groups(inventory).path(group))).body());
    return ExitCode.DONE;
  }
}
