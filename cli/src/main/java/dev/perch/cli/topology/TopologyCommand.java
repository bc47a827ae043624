package dev.perch.cli.topology;

import dev.perch.cli.Noun;
import picocli.CommandLine.Command;

/** The noun. */
@Command(
    name = "topology",
    description = "What is cabled to what, as hosts see it by LLDP.",
    footer = {"  perch topology links --site north-1", "  perch topology draw > topology.svg"})
public final class TopologyCommand extends Noun {
  public TopologyCommand() {
    verb("links", ListLinks.class);
    verb("draw", DrawTopology.class);
  }
}
