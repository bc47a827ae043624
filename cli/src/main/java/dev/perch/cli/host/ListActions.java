package dev.perch.cli.host;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Screen;
import dev.perch.cli.output.Table;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code perch hosts actions}. */
@Command(
    name = "actions",
    description = "Shows what can be done to a host now, and what stands in the way of the rest.",
    footer = "  perch hosts actions north-1/edge-1")
final class ListActions extends Verb {
  private static final Table TABLE =
      Table.of(
          Column.of("ACTION", "/action"),
          new Column("ALLOWED", action -> action.path("allowed").asBoolean() ? "yes" : "no"),
          new Column(
              "IN THE WAY",
              action ->
                  action
                      .path("violations")
                      .valueStream()
                      .map(violation -> violation.path("code").asText())
                      .collect(Collectors.joining(", "))));

  @Parameters(paramLabel = "HOST", description = Hosts.DESCRIPTION)
  private String host = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    Call read = Call.get(new Hosts(inventory).path(host) + "/actions");
    screen.list(inventory.send(read).body().path("items").valueStream().toList(), TABLE);
    return ExitCode.DONE;
  }
}
