package dev.perch.cli.group;

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

/** {@code perch groups timeline}. */
@Command(
    name = "timeline",
    description = "Shows every version of a group: who, what, why; newest first.",
    footer = "  perch groups timeline edge-north")
final class GroupTimeline extends Verb {
  @Parameters(paramLabel = "GROUP", description = "Its name or id.")
  private String group = "";

  @Option(names = "--limit", paramLabel = "N", description = "At most so many versions.")
  private int limit = Integer.MAX_VALUE;

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    return Timeline.show(inventory, new Groups(inventory).path(group), limit, screen);
  }
}
