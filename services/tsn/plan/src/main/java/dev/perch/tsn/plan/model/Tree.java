package dev.perch.tsn.plan.model;

import java.util.List;

/**
 * How one copy of a stream travels from the talker to all listeners.
 *
 * @param hops a link comes after the link it is fed from
 */
public record Tree(List<Hop> hops) {
  public Tree {
    hops = List.copyOf(hops);
    new Violations("tree")
        .require(!hops.isEmpty(), "hops", "empty", "give at least one")
        .distinct("link", hops.stream().map(Hop::link).toList())
        .raise();
  }

  /** When the talker starts the first frame of an interval, ns (802.1Qcc TimeAwareOffset). */
  public long offset() {
    return hops.getFirst().start();
  }
}
