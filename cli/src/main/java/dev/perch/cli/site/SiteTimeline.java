package dev.perch.cli.site;

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

/** {@code perch sites timeline}. */
@Command(
    name = "timeline",
    description = "Shows every version of a site: who, what, why; newest first.",
    footer = "  perch sites timeline north-1")
final class SiteTimeline extends Verb {
  @Parameters(paramLabel = "SITE", description = "Its name or id.")
  private String site = "";

  @Option(names = "--limit", paramLabel = "N", description = "At most so many versions.")
  private int limit = Integer.MAX_VALUE;

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    return Timeline.show(inventory, new Sites(inventory).path(site), limit, screen);
  }
}
