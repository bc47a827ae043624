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
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code perch hosts documents}. */
@Command(
    name = "documents",
    description = "Shows what services want on a host, and what became of it.",
    footer = "  perch hosts documents north-1/edge-1")
final class ListDocuments extends Verb {
  private static final Table TABLE =
      Table.of(
          Column.of("ASPECT", "/aspect"),
          Column.of("SERVICE", "/service"),
          Column.of("DRIVER", "/driver"),
          Column.of("GENERATION", "/generation"),
          Column.of("REACHED", "/observed/generation"),
          Column.time("RECEIVED", "/receivedAt"));

  @Parameters(paramLabel = "HOST", description = Hosts.DESCRIPTION)
  private String host = "";

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    Call read = Call.get(new Hosts(inventory).path(host) + "/documents");
    screen.list(inventory.send(read).body().path("items").valueStream().toList(), TABLE);
    return ExitCode.DONE;
  }
}
