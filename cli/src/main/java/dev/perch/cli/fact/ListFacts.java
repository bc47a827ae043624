package dev.perch.cli.fact;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.host.Hosts;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Screen;
import dev.perch.cli.output.Table;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code perch facts list}. */
@Command(
    name = "list",
    description = "Shows which facets a host has reported.",
    footer = "  perch facts list north-1/edge-1")
final class ListFacts extends Verb {
  private static final Table TABLE =
      Table.of(
          Column.of("FACET", "/facet"),
          Column.of("VERSION", "/version"),
          Column.time("UPDATED", "/updatedAt"),
          Column.of("UNAVAILABLE", "/unavailable"));

  @Parameters(paramLabel = "HOST", description = Hosts.DESCRIPTION)
  private String host = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    Call read = Call.get(new Hosts(inventory).path(host) + "/facets");
    screen.list(inventory.send(read).body().path("items").valueStream().toList(), TABLE);
    return ExitCode.DONE;
  }
}
