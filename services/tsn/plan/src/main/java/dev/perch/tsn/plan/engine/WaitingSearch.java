package dev.perch.tsn.plan.engine;

import org.jspecify.annotations.Nullable;

/**
 * Lets frames wait in bridges where going on at once is impossible. A frame that waits longer than
 * clocks and ticks make it does so in a time-triggered queue above the base queue that it has for
 * itself until it is gone; so a port needs two time-triggered queues for it, and gates that open at
 * any time, not on ticks only.
 *
 * <p>Hop by hop the earliest free start is taken. If the frame would come too late, the talker
 * starts later by as much: that shortens the waiting, not the way.
 */
final class WaitingSearch {
  /** How many offsets are tried on one layout. */
  private static final int TRIES = 400;

  /** How many starts are tried on one hop. */
  private static final int STARTS = 24;

  private final Topology topology;
  private final Occupancy occupancy;

  /** By how much the talker should start later after a failure. */
  private int excess;

  WaitingSearch(Topology topology, Occupancy occupancy) {
    this.topology = topology;
    this.occupancy = occupancy;
  }

  /** A placement with waits; null if none was found, which proves nothing. */
  @Nullable Placement find(Layout layout) {
    if (!canWait(layout)) {
      return null;
    }
    int latest = layout.latestOffset();
    int offset = layout.demand.earliest;
    for (int tries = 0; tries < TRIES; tries++) {
      offset = freeAtTalker(layout, offset, latest);
      if (offset > latest) {
        return null;
      }
      Placement placement = from(layout, offset);
      if (placement != null) {
        return placement;
      }
      offset += Math.max(1, excess);
    }
    return null;
  }

  private boolean canWait(Layout layout) {
    for (int hop = 0; hop < layout.hops(); hop++) {
      int link = layout.links[hop];
      if (layout.parents[hop] >= 0
          && topology.link(link).port().timeTriggered() > 1
          && topology.tick(link) == 1) {
        return true;
      }
    }
    return false;
  }

  private int freeAtTalker(Layout layout, int from, int latest) {
    Demand demand = layout.demand;
    BusySet view = occupancy.calendar(layout.links[0]).view(demand.periodNumber);
    int offset = Math.ceilDiv(from, layout.step) * layout.step;
    while (offset <= latest) {
      int delay = view.delay(offset % demand.period, layout.lengths[0]);
      if (delay == 0) {
        return offset;
      }
      offset = Math.ceilDiv(offset + delay, layout.step) * layout.step;
    }
    return Integer.MAX_VALUE;
  }

  private @Nullable Placement from(Layout layout, int offset) {
    int[] starts = new int[layout.hops()];
    int[] queues = new int[layout.hops()];
    var placement = new Placement(layout, starts, queues);
    for (int hop = 0; hop < starts.length; hop++) {
      int parent = layout.parents[hop];
      starts[hop] =
          parent < 0 ? offset : starts[parent] + layout.shifts[hop] - layout.shifts[parent];
      queues[hop] = occupancy.baseQueue(layout.links[hop]);
      if (!settle(placement, hop)) {
        return null;
      }
      int late = starts[hop] - offset - layout.shifts[hop] - slack(layout);
      if (late > 0) {
        excess = late;
        return null;
      }
    }
    return placement;
  }

  /** How much all waits of a way may add up to. */
  private static int slack(Layout layout) {
    return Math.min(layout.demand.maxLatency - layout.latency, layout.demand.period);
  }

  /** Gives a hop the earliest start and a queue that suit it. */
  private boolean settle(Placement placement, int hop) {
    Layout layout = placement.layout;
    Demand demand = layout.demand;
    PortCalendar calendar = occupancy.calendar(layout.links[hop]);
    BusySet view = calendar.view(demand.periodNumber);
    int arrival = placement.starts[hop];
    int tick = layout.parents[hop] < 0 ? 1 : topology.tick(layout.links[hop]);
    int lead = placement.lead(hop);
    int begin = Math.floorMod(arrival - lead, demand.period);
    if (view.delay(begin, lead + layout.lengths[hop]) == 0) {
      return true;
    }
    if (layout.parents[hop] < 0) {
      // Two links of one talker; both start at the offset.
      excess = view.delay(begin, layout.lengths[hop]);
      return false;
    }
    if (tick > 1) {
      excess = view.delay(begin, lead + layout.lengths[hop]);
      return false;
    }
    int start = arrival;
    for (int tries = 0; tries < STARTS; tries++) {
      int delay = view.delay(start % demand.period, layout.lengths[hop]);
      if (delay > 0) {
        start += delay;
      } else {
        placement.starts[hop] = start;
        int queue = quiet(placement, hop, calendar);
        if (queue >= 0) {
          placement.queues[hop] = queue;
          return true;
        }
        start += layout.lengths[hop];
      }
      if (start - arrival > slack(layout)) {
        break;
      }
    }
    excess = Math.max(1, start - arrival - slack(layout));
    return false;
  }

  /**
   * The lowest queue above the base queue that this frame has for itself while it is there, or -1.
   */
  private int quiet(Placement placement, int hop, PortCalendar calendar) {
    Layout layout = placement.layout;
    int link = layout.links[hop];
    int from = placement.earliestArrival(hop);
    int length = placement.starts[hop] + layout.lengths[hop] - from;
    for (int queue = occupancy.baseQueue(link) + 1;
        queue < topology.link(link).port().queues();
        queue++) {
      if (calendar.isAlone(queue, layout.demand.periodNumber, from, length)) {
        return queue;
      }
    }
    return -1;
  }
}
