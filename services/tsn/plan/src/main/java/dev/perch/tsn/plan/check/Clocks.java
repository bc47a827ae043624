package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How the clocks of all nodes may stand to each other: right; end stations ahead and bridges
 * behind, and the other way round; neighbours in the list of nodes apart; at their ends and
 * between, by chance from a seed. With exact clocks there is one way only.
 */
final class Clocks {
  private static final int BY_CHANCE = 4;

  private final Network network;

  Clocks(Network network) {
    this.network = network;
  }

  /** How far a node's clock is ahead of TAI, as a share of its clock error. */
  private interface Share {
    double of(Node node, int number);
  }

  /** For each way: how far the clock of each link's sender is ahead of TAI, ns. */
  List<long[]> ways(long seed) {
    if (network.nodes().stream().allMatch(node -> node.clockError() == 0)) {
      return List.of(new long[network.links().size()]);
    }
    List<long[]> ways = new ArrayList<>();
    ways.add(way((node, number) -> 0));
    ways.add(way((node, number) -> node instanceof EndStation ? 1 : -1));
    ways.add(way((node, number) -> node instanceof EndStation ? -1 : 1));
    ways.add(way((node, number) -> number % 2 == 0 ? 1 : -1));
    ways.add(way((node, number) -> number % 2 == 0 ? -1 : 1));
    Random random = new Random(seed);
    for (int i = 0; i < BY_CHANCE; i++) {
      boolean ends = i % 2 == 0;
      ways.add(
          way(
              (node, number) ->
                  ends ? (random.nextBoolean() ? 1 : -1) : 2 * random.nextDouble() - 1));
    }
    return ways;
  }

  private long[] way(Share share) {
    Map<String, Long> ahead = new HashMap<>();
    int number = 0;
    for (Node node : network.nodes()) {
      ahead.put(node.name(), Math.round(share.of(node, number++) * node.clockError()));
    }
    return network.links().stream()
        .mapToLong(link -> ahead.getOrDefault(link.from(), 0L))
        .toArray();
  }
}
