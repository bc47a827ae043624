package dev.perch.tsn.plan.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How one copy of a stream travels from the talker to all listeners.
 *
 * @param hops a link comes after the link it is fed from
 */
public record Tree(List<Hop> hops) {
  public Tree {
    hops = List.copyOf(hops);
    Violations violations =
        new Violations("tree").require(!hops.isEmpty(), "hops", "empty", "give at least one");
    Set<String> links = HashSet.newHashSet(hops.size());
    for (Hop hop : hops) {
      violations.require(links.add(hop.link()), "link", hop.link(), "may appear once only");
    }
    violations.raise();
  }

  /** When the talker starts the first frame of an interval, ns (802.1Qcc TimeAwareOffset). */
  public long offset() {
    return hops.getFirst().start();
  }
}
