package dev.perch.cli.site;

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

/** {@code perch sites get}. */
@Command(
    name = "get",
    description = "Shows one site.",
    footer = {"  perch sites get north-1", "  perch sites get north-1 -o yaml"})
final class GetSite extends Verb {
  @Parameters(paramLabel = "SITE", description = "Its name or id.")
  private String site = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    screen.one(inventory.send(Call.get(new Sites(inventory).path(site))).body());
    return ExitCode.DONE;
  }
}
