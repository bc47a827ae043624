package dev.perch.cli.host;

import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Timeline;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch hosts timeline}. */
@Command(
    name = "timeline",
    description = "Shows every version of a host: who, what, why; newest first.",
    footer = "  perch hosts timeline north-1/edge-1 --limit 10")
final class HostTimeline extends Verb {
  @Parameters(paramLabel = "HOST", description = Hosts.DESCRIPTION)
  private String host = "";

  @Option(names = "--limit", paramLabel = "N", description = "At most so many versions.")
  private int limit = Integer.MAX_VALUE;

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    return Timeline.show(inventory, new Hosts(inventory).path(host), limit, screen);
  }
}
