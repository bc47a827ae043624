package dev.perch.cli.fact;

import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.host.Hosts;
import dev.perch.cli.output.Screen;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import dev.perch.contract.facts.Facet;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code perch facts get}. */
@Command(
    name = "get",
    description = "Shows a facet of a host.",
    footer = {
      "  perch facts get north-1/edge-1 cpu",
      "  perch facts get north-1/edge-1 network -o json"
    })
final class GetFacts extends Verb {
  @Parameters(index = "0", paramLabel = "HOST", description = Hosts.DESCRIPTION)
  private String host = "";

  @Parameters(index = "1", paramLabel = "FACET", description = "${COMPLETION-CANDIDATES}.")
  private Facet facet = Facet.IDENTITY;

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    Call read = Call.get(new Hosts(inventory).path(host) + "/facets/" + facet.word());
    screen.one(inventory.send(read).body());
    return ExitCode.DONE;
  }
}
