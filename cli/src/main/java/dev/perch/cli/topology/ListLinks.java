package dev.perch.cli.topology;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.ExitCode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.Verb;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Screen;
import dev.perch.cli.output.Table;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code perch topology links}. */
@Command(
    name = "links",
    description = "Shows the cables; -o json has nodes and ports too.",
    footer = {"  perch topology links", "  perch topology links --site north-1 -o json"})
final class ListLinks extends Verb {
  private static final String JSON = "application/json";

  @Mixin private AtSites at = new AtSites();

  @Override
  protected int run(Perch perch, Screen screen) throws IOException, InterruptedException, Failure {
    Rest inventory = perch.inventory();
    JsonNode topology = inventory.send(at.read(inventory).withHeader("Accept", JSON)).body();
    Map<String, String> ports = ports(topology);
    Table table =
        Table.of(
            new Column("A", link -> ports.getOrDefault(link.path("a").asText(), "")),
            new Column("B", link -> ports.getOrDefault(link.path("b").asText(), "")),
            new Column("SEEN BY", link -> Integer.toString(link.path("seenBy").size())));
    screen.show(topology, topology.path("links").valueStream().toList(), table);
    return ExitCode.DONE;
  }

  /** Ports by their ids, as people call them: the node's name and the port's. */
  private static Map<String, String> ports(JsonNode topology) {
    Map<String, String> nodes = new HashMap<>();
    topology
        .path("nodes")
        .forEach(node -> nodes.put(node.path("id").asText(), node.path("name").asText()));
    Map<String, String> ports = new HashMap<>();
    for (JsonNode port : topology.path("ports")) {
      String node = port.path("node").asText();
      ports.put(
          port.path("id").asText(),
          nodes.getOrDefault(node, node) + " " + port.path("name").asText());
    }
    return ports;
  }
}
