package dev.perch.tsn.plan.engine;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds a place for one tree among what is placed already, and moves nothing for it: first without
 * waiting on a few routes, then with waiting on the same ones.
 */
final class Placer {
  /** How many routes are tried. */
  private static final int ROUTES = 6;

  private final Topology topology;
  private final Occupancy occupancy;
  private final Router router;
  private final NoWaitSearch noWait;
  private final WaitingSearch waiting;
  private final BitSet dear = new BitSet();
  private boolean residues = true;

  Placer(Topology topology, Occupancy occupancy) {
    this.topology = topology;
    this.occupancy = occupancy;
    router = new Router(topology, occupancy.load);
    noWait = new NoWaitSearch(occupancy);
    waiting = new WaitingSearch(topology, occupancy);
  }

  /**
   * Whether offsets are chosen by their residue. It pays where streams come in any order; where
   * short intervals come first, the first free offset is as good, and found sooner.
   */
  void useResidues(boolean residues) {
    this.residues = residues;
  }

  /**
   * @param avoid links of the stream's other trees
   * @param attempt gets what was tried
   */
  @Nullable Placement place(Demand demand, int tree, BitSet avoid, Attempt attempt) {
    Placement found = atOnce(demand, tree, avoid, attempt);
    for (int i = 0; found == null && i < attempt.layouts.size(); i++) {
      found = waiting.find(attempt.layouts.get(i));
    }
    return found;
  }

  private @Nullable Placement atOnce(Demand demand, int tree, BitSet avoid, Attempt attempt) {
    attempt.full = full(demand);
    if (attempt.full >= 0) {
      return null;
    }
    dear.clear();
    int[] previous = new int[0];
    boolean quick = false;
    for (int route = 0; route < ROUTES; route++) {
      int[] links = route(demand, tree, avoid, quick);
      if (links == null) {
        attempt.unreachable = true;
        return null;
      }
      if (Arrays.equals(links, previous)) {
        return null;
      }
      previous = links;
      Layout layout = new Layout(topology, demand, links);
      if (!layout.fitsInterval()) {
        attempt.tooLong = layout;
        return null;
      }
      if (!layout.isInTime()) {
        attempt.slow(layout);
        if (quick) {
          return null;
        }
        quick = true;
        continue;
      }
      int offset = offset(layout);
      if (offset != NoWaitSearch.NONE) {
        return Placement.atOnce(layout, offset, occupancy.baseQueues(layout));
      }
      int obstacle = links[noWait.obstacle()];
      attempt.blocked(layout, obstacle);
      dear.set(obstacle);
    }
    return null;
  }

  private int @Nullable [] route(Demand demand, int tree, BitSet avoid, boolean quick) {
    if (!demand.prescribed(tree).isEmpty()) {
      return demand.prescribed(tree).stream().mapToInt(topology::link).toArray();
    }
    return router.tree(demand.talker, demand.listeners, avoid, dear, quick ? demand.frameBytes : 0);
  }

  /** A link that the stream must use and that has too little bandwidth left, or -1. */
  private int full(Demand demand) {
    for (int link : topology.unavoidable(demand)) {
      if (lacks(link, demand)) {
        return link;
      }
    }
    return -1;
  }

  private boolean lacks(int link, Demand demand) {
    double more = demand.share(topology.link(link));
    return occupancy.load[link] + more * demand.trees() > 1 + 1e-9;
  }

  private int offset(Layout layout) {
    int from = layout.demand.earliest;
    int to = layout.latestOffset();
    return residues ? noWait.leastResidue(layout, from, to) : noWait.earliest(layout, from, to);
  }
}
