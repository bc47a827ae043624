package dev.perch.tsn.plan.engine;

import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.util.ArrayList;
import java.util.List;

/** Says with names what the engine knows by numbers. */
final class Snapshot {
  private final Topology topology;

  Snapshot(Topology topology) {
    this.topology = topology;
  }

  StreamPlan of(Placed placed) {
    List<Tree> trees = new ArrayList<>(placed.trees().size());
    for (Placement placement : placed.trees()) {
      trees.add(tree(placement));
    }
    return new StreamPlan(placed.demand().stream.name(), trees);
  }

  private Tree tree(Placement placement) {
    Layout layout = placement.layout;
    List<Hop> hops = new ArrayList<>(layout.hops());
    for (int hop = 0; hop < layout.hops(); hop++) {
      String link = topology.link(layout.links[hop]).name();
      hops.add(new Hop(link, placement.queues[hop], starts(placement, hop)));
    }
    return new Tree(hops);
  }

  private static List<Long> starts(Placement placement, int hop) {
    int frames = placement.layout.demand.frames;
    long start = placement.starts[hop];
    if (frames == 1) {
      return List.of(start);
    }
    List<Long> starts = new ArrayList<>(frames);
    for (int frame = 0; frame < frames; frame++) {
      starts.add(start + (long) frame * placement.layout.spacings[hop]);
    }
    return starts;
  }
}
