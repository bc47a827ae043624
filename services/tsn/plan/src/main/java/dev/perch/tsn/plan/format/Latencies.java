package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.Tree;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** From the start at the talker to the end of reception, clocks being right. */
final class Latencies {
  private Latencies() {}

  /** To each listener that the tree reaches: the longest of all frames, ns. */
  static Map<String, Long> of(Network network, Stream stream, Tree tree) {
    Map<String, Long> latencies = new LinkedHashMap<>();
    Map<String, Hop> first = new HashMap<>();
    for (Hop hop : tree.hops()) {
      Link link = network.link(hop.link()).orElse(null);
      if (link == null) {
        continue;
      }
      Hop root = first.getOrDefault(link.from(), hop);
      first.putIfAbsent(link.to(), root);
      if (stream.listeners().contains(link.to())) {
        long longest = 0;
        for (int frame = 0; frame < Math.min(hop.starts().size(), root.starts().size()); frame++) {
          longest =
              Math.max(
                  longest,
                  hop.starts().get(frame)
                      + link.receptionTime(stream.frameBytes())
                      - root.starts().get(frame));
        }
        latencies.merge(link.to(), longest, Math::max);
      }
    }
    return latencies;
  }

  /** To the last listener, ns. */
  static long longest(Network network, Stream stream, Tree tree) {
    return of(network, stream, tree).values().stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
