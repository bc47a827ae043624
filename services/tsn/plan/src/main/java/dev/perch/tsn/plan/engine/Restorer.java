package dev.perch.tsn.plan.engine;

import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import dev.perch.tsn.plan.model.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives streams the places that a plan says they have. The plan is a valid one; but not every valid
 * plan is one that this engine would make, and then it cannot go on from there.
 */
final class Restorer {
  private final Topology topology;
  private final Occupancy occupancy;

  Restorer(Topology topology, Occupancy occupancy) {
    this.topology = topology;
    this.occupancy = occupancy;
  }

  /**
   * The place of a stream, trees and all; nothing is reserved.
   *
   * @param violations gets what this engine would not do
   * @return null if there were any
   */
  @Nullable Placed read(Demand demand, StreamPlan plan, Consumer<Violation> violations) {
    List<Placement> trees = new ArrayList<>();
    for (Tree tree : plan.trees()) {
      Placement placement = read(demand, tree, violations);
      if (placement != null) {
        trees.add(placement);
      }
    }
    return trees.size() == plan.trees().size() ? new Placed(demand, trees) : null;
  }

  private @Nullable Placement read(Demand demand, Tree tree, Consumer<Violation> violations) {
    List<Hop> hops = tree.hops();
    int[] links = hops.stream().mapToInt(hop -> topology.link(hop.link())).toArray();
    Layout layout = new Layout(topology, demand, links);
    int[] starts = new int[links.length];
    int[] queues = new int[links.length];
    Placement placement = new Placement(layout, starts, queues);
    boolean good = true;
    for (int hop = 0; hop < links.length; hop++) {
      List<Long> told = hops.get(hop).starts();
      starts[hop] = Math.toIntExact(told.getFirst());
      queues[hop] = hops.get(hop).queue();
      for (int frame = 0; frame < told.size(); frame++) {
        long expected = starts[hop] + (long) frame * layout.spacings[hop];
        if (told.get(frame) != expected) {
          violations.accept(
              violation(
                  demand.stream,
                  hops.get(hop),
                  "frame " + frame + " at " + told.get(frame) + " ns",
                  "send the frames of a burst every " + layout.spacings[hop] + " ns"));
          good = false;
        }
      }
      if (good && !isFree(placement, hop)) {
        violations.accept(
            violation(
                demand.stream,
                hops.get(hop),
                "a frame waits at " + starts[hop] + " ns while others are sent",
                "let it wait in a time-triggered queue above the lowest one"));
        good = false;
      }
    }
    return good ? placement : null;
  }

  /** Frames in the lowest time-triggered queue have the port from their arrival on. */
  private boolean isFree(Placement placement, int hop) {
    Layout layout = placement.layout;
    int link = layout.links[hop];
    int lead = placement.queues[hop] == occupancy.baseQueue(link) ? placement.lead(hop) : 0;
    int length = lead + layout.lengths[hop];
    int period = layout.demand.period;
    return length <= period
        && occupancy
                .calendar(link)
                .view(layout.demand.periodNumber)
                .delay(Math.floorMod(placement.starts[hop] - lead, period), length)
            == 0;
  }

  private static Violation violation(Stream stream, Hop hop, String found, String remedy) {
    return new Violation("plan of stream " + stream.name() + ": " + hop.link(), found, remedy);
  }
}
