package dev.perch.cli.tsn;

import dev.perch.tsn.plan.format.Scenario;
import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Node;
import dev.perch.tsn.plan.model.Stream;
import java.util.List;

/**
 * tsnkit's own tools go in steps of 100 ns and of 100 bytes. A plan whose talkers start on such
 * steps, with room for frames rounded up, runs there as it is; where there is no such plan for all
 * streams, sizes are taken exactly, and at last times too.
 */
final class TsnkitVariants {
  private static final int STEP = 100;

  private TsnkitVariants() {}

  static List<Scenario> of(Scenario asked) {
    List<Stream> rounded = asked.streams().stream().map(TsnkitVariants::rounded).toList();
    if (asked.streams().stream().anyMatch(stream -> stream.interval() % STEP != 0)) {
      // Such a talker does not start on steps, whatever its offset.
      return List.of(new Scenario(asked.network(), rounded), asked);
    }
    Network stepping = stepping(asked.network());
    return List.of(new Scenario(stepping, rounded), new Scenario(stepping, asked.streams()), asked);
  }

  private static Stream rounded(Stream stream) {
    int bytes = Math.min(65_535, Math.ceilDiv(stream.frameBytes(), STEP) * STEP);
    return stream.but().frameBytes(bytes).build();
  }

  private static Network stepping(Network network) {
    List<Node> nodes =
        network.nodes().stream()
            .map(
                node ->
                    node instanceof EndStation(var name, var error, var device)
                        ? new EndStation(name, error, device.withTick(STEP))
                        : node)
            .toList();
    return new Network(nodes, network.links());
  }
}
