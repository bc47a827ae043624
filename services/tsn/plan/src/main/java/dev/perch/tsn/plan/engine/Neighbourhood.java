package dev.perch.tsn.plan.engine;

import dev.perch.tsn.plan.proof.OffsetSearch;
import dev.perch.tsn.plan.proof.OffsetSearch.Fixed;
import dev.perch.tsn.plan.proof.OffsetSearch.Free;
import dev.perch.tsn.plan.proof.OffsetSearch.Visit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes room for a stream by finding new times for all that share links with it at once, which
 * moving one after the other may miss (large neighbourhood search: Shaw 1998). CP-SAT chooses the
 * times; ways stay as they are. All or nothing.
 */
final class Neighbourhood {
  /** CP-SAT knows no answer for many more within seconds. */
  private static final int MOST = 100;

  /** On how many of the ways that were tried. */
  private static final int WAYS = 2;

  private final Engine engine;
  private final Occupancy occupancy;
  private final Placements placements;

  Neighbourhood(Engine engine) {
    this.engine = engine;
    this.occupancy = engine.occupancy();
    this.placements = engine.placements();
  }

  /**
   * Places a stream with one tree.
   *
   * @param movable which streams may be moved
   * @param deadline {@link System#nanoTime} at which it gives up
   */
  boolean place(Demand demand, Predicate<Demand> movable, long deadline) {
    Attempt attempt = engine.place(demand);
    if (attempt == null || demand.trees() > 1) {
      return attempt == null;
    }
    for (int way = 0; way < Math.min(WAYS, attempt.layouts.size()); way++) {
      if (place(attempt.layouts.get(way), attempt.obstacles.get(way), movable, deadline)) {
        return true;
      }
    }
    return false;
  }

  private boolean place(Layout layout, int obstacle, Predicate<Demand> movable, long deadline) {
    Map<Integer, Layout> layouts = new LinkedHashMap<>();
    Set<Integer> links = new LinkedHashSet<>();
    // Who was in the way last comes first, if there are too many.
    links.add(obstacle);
    for (int link : layout.links) {
      links.add(link);
    }
    for (int link : links) {
      for (int owner : occupancy.calendar(link).owners()) {
        if (layouts.size() < MOST && isFree(placements.of(owner), movable)) {
          layouts.put(owner, placements.of(owner).trees().getFirst().layout);
        }
      }
    }
    layouts.put(layout.demand.id, layout);
    List<Layout> free = List.copyOf(layouts.values());
    List<Integer> offsets =
        new OffsetSearch(deadline)
            .solve(free.stream().map(Neighbourhood::free).toList(), fixed(free, layouts.keySet()));
    return !offsets.isEmpty() && settle(free, offsets);
  }

  /** Whoever waits somewhere does so for a reason; nothing is known of that here. */
  private boolean isFree(Placed placed, Predicate<Demand> movable) {
    if (placed.trees().size() > 1 || !movable.test(placed.demand())) {
      return false;
    }
    Placement now = placed.trees().getFirst();
    return now.equals(Placement.atOnce(now.layout, now.offset(), occupancy.baseQueues(now.layout)));
  }

  private static Free free(Layout layout) {
    List<Visit> visits = new ArrayList<>();
    for (int hop = 0; hop < layout.hops(); hop++) {
      int lead = layout.leads[hop];
      visits.add(
          new Visit(layout.links[hop], layout.shifts[hop] - lead, lead + layout.lengths[hop]));
    }
    Demand demand = layout.demand;
    return new Free(demand.period, demand.earliest, layout.latestOffset(), layout.step, visits);
  }

  /** What others have reserved of the links. */
  private List<Fixed> fixed(List<Layout> free, Set<Integer> without) {
    Set<Integer> links = new LinkedHashSet<>();
    for (Layout layout : free) {
      for (int link : layout.links) {
        links.add(link);
      }
    }
    List<Fixed> fixed = new ArrayList<>();
    for (int link : links) {
      occupancy
          .calendar(link)
          .forEach(
              (owner, period, start, length) -> {
                if (!without.contains(owner)) {
                  fixed.add(new Fixed(link, period, start, length));
                }
              });
    }
    return fixed;
  }

  private boolean settle(List<Layout> free, List<Integer> offsets) {
    List<Placed> before = new ArrayList<>();
    for (Layout layout : free.subList(0, free.size() - 1)) {
      before.add(placements.remove(layout.demand.id));
    }
    for (int i = 0; i < free.size(); i++) {
      Layout layout = free.get(i);
      Placement there = Placement.atOnce(layout, offsets.get(i), occupancy.baseQueues(layout));
      if (!engine.put(layout.demand, List.of(there))) {
        free.subList(0, i).forEach(one -> placements.remove(one.demand.id));
        engine.restore(before);
        return false;
      }
    }
    return true;
  }
}
