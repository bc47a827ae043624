package dev.perch.cli.certificate;

import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Screen;
import dev.perch.cli.resource.Timeline;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code perch rules timeline}. */
@Command(
    name = "timeline",
    description = "Shows every version of a rule: who, what, why; newest first.",
    footer = "  perch rules timeline web")
final class RuleTimeline extends Verb {
  @Parameters(paramLabel = "RULE", description = "Its name or id.")
  private String rule = "";

  @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
  private int limit = 100;

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Certmon certmon = Certmon.of(perch);
    return Timeline.show(certmon.rest(), certmon.rule(rule), limit, screen);
  }
}
