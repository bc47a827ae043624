package dev.perch.tsn.plan.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes room for a stream by moving others: takes out the few that are in the way at some offset,
 * places the stream there, and finds new places for those, which may take out others. Streams that
 * were taken out often cost more, so that it does not go round in circles. All or nothing: without
 * success everything is as before.
 */
final class Ejector {
  private static final int CANDIDATES = 400;

  private final Occupancy occupancy;
  private final Placer placer;
  private final Engine engine;
  private final Placements placements;
  private final SplittableRandom random;
  private final IntSet blockers = new IntSet();
  private final IntSet ends = new IntSet();

  Ejector(Engine engine, Occupancy occupancy, Placer placer, long seed) {
    this.occupancy = occupancy;
    this.placer = placer;
    this.engine = engine;
    this.placements = engine.placements();
    this.random = new SplittableRandom(seed);
  }

  /**
   * Places a stream with one tree.
   *
   * @param movable which streams may be moved
   * @param effort how many steps it may take; what it takes is counted off
   * @param deadline {@link System#nanoTime} at which it gives up
   * @return where those that were moved had been, or null if nothing was found
   */
  @Nullable List<Placed> admit(
      Demand demand, Predicate<Demand> movable, Effort effort, long deadline) {
    if (demand.trees() > 1) {
      return null;
    }
    var before = new HashMap<Integer, Placed>();
    var ejections = new HashMap<Integer, Integer>();
    Deque<Demand> homeless = new ArrayDeque<>();
    homeless.add(demand);
    while (!homeless.isEmpty()) {
      Demand next = homeless.removeFirst();
      if (!effort.spend()
          || System.nanoTime() - deadline > 0
          || !settle(next, movable, before, ejections, homeless)) {
        undo(demand, before, homeless, next);
        return null;
      }
    }
    before.remove(demand.id);
    return before.values().stream()
        .filter(placed -> !placements.of(placed.demand().id).equals(placed))
        .toList();
  }

  private boolean settle(
      Demand demand,
      Predicate<Demand> movable,
      Map<Integer, Placed> before,
      Map<Integer, Integer> ejections,
      Deque<Demand> homeless) {
    var attempt = new Attempt();
    Placement free = placer.place(demand, 0, new BitSet(), attempt);
    if (free != null) {
      return engine.put(demand, List.of(free));
    }
    Candidate best = null;
    for (Layout layout : attempt.layouts) {
      best = cheapest(layout, movable, ejections, best);
    }
    if (best == null) {
      return false;
    }
    for (int id : best.blockers) {
      Placed placed = placements.remove(id);
      before.putIfAbsent(id, placed);
      ejections.merge(id, 1, Integer::sum);
      homeless.addLast(placed.demand());
    }
    ejections.merge(demand.id, 1, Integer::sum);
    Layout layout = best.layout;
    return engine.put(
        demand, List.of(Placement.atOnce(layout, best.offset, occupancy.baseQueues(layout))));
  }

  /** The offset of a layout at which the least valuable streams are in the way. */
  private @Nullable Candidate cheapest(
      Layout layout,
      Predicate<Demand> movable,
      Map<Integer, Integer> ejections,
      @Nullable Candidate known) {
    List<Integer> offsets = offsets(layout);
    Candidate best = known;
    for (int i = 0; i < Math.min(CANDIDATES, offsets.size()); i++) {
      int pick = i + random.nextInt(offsets.size() - i);
      int offset = offsets.set(pick, offsets.get(i));
      double most = best == null ? Double.MAX_VALUE : best.cost;
      Candidate found = judge(layout, offset, movable, ejections, most);
      best = found == null ? best : found;
    }
    return best;
  }

  /** Where some reservation on the way ends: everything else can be moved to an earlier one. */
  private List<Integer> offsets(Layout layout) {
    Demand demand = layout.demand;
    List<Integer> offsets = new ArrayList<>();
    int latest = layout.latestOffset();
    int first = Math.ceilDiv(demand.earliest, layout.step) * layout.step;
    if (first <= latest) {
      offsets.add(first);
    }
    for (int hop = 0; hop < layout.hops(); hop++) {
      ends.clear();
      occupancy.calendar(layout.links[hop]).ends(ends);
      for (int i = 0; i < ends.size(); i++) {
        int offset =
            Math.floorMod(ends.get(i) - layout.shifts[hop] + layout.leads[hop], demand.period);
        offset = Math.ceilDiv(offset, layout.step) * layout.step;
        if (offset >= demand.earliest && offset <= latest) {
          offsets.add(offset);
        }
      }
    }
    return offsets;
  }

  /** What it costs to free an offset; null if that is impossible, or not less than {@code most}. */
  private @Nullable Candidate judge(
      Layout layout,
      int offset,
      Predicate<Demand> movable,
      Map<Integer, Integer> ejections,
      double most) {
    Demand demand = layout.demand;
    blockers.clear();
    double cost = 0;
    for (int hop = 0; hop < layout.hops(); hop++) {
      int known = blockers.size();
      int start = offset + layout.shifts[hop] - layout.leads[hop];
      occupancy
          .calendar(layout.links[hop])
          .collect(
              demand.periodNumber,
              Math.floorMod(start, demand.period),
              layout.leads[hop] + layout.lengths[hop],
              blockers);
      for (int i = known; i < blockers.size(); i++) {
        Demand blocker = placements.of(blockers.get(i)).demand();
        if (blocker.trees() > 1 || !movable.test(blocker)) {
          return null;
        }
        cost += cost(blocker, ejections);
        if (cost >= most) {
          return null;
        }
      }
    }
    return new Candidate(layout, offset, blockers.toArray(), cost);
  }

  /** Long frames and short intervals are hard to place anew, and so is what was moved before. */
  private static double cost(Demand blocker, Map<Integer, Integer> ejections) {
    int often = ejections.getOrDefault(blocker.id, 0);
    double hardness = (double) blocker.frameBytes * blocker.frames / blocker.period;
    return (1 + hardness) * (1 + 2 * often * often);
  }

  private void undo(
      Demand demand, Map<Integer, Placed> before, Deque<Demand> homeless, Demand next) {
    before.remove(demand.id);
    Set<Integer> out = new HashSet<>();
    out.add(next.id);
    homeless.forEach(one -> out.add(one.id));
    if (!out.contains(demand.id)) {
      placements.remove(demand.id);
    }
    for (int id : before.keySet()) {
      if (!out.contains(id)) {
        placements.remove(id);
      }
    }
    before.values().forEach(placed -> placements.put(placed.demand(), placed.trees()));
  }

  private record Candidate(Layout layout, int offset, int[] blockers, double cost) {}
}
