package dev.perch.tsn.plan.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** All ports with their reservations and loads, and which stream is placed where. */
final class Occupancy {
  private final Topology topology;
  final Periods periods;
  private final @Nullable PortCalendar[] calendars;

  private int[] lastQueues = new int[0];
  private Watcher watcher = new Watcher() {};

  /** Share of each link that is reserved. */
  final double[] load;

  Occupancy(Topology topology, Periods periods) {
    this.topology = topology;
    this.periods = periods;
    calendars = new PortCalendar[topology.links()];
    load = new double[topology.links()];
  }

  /** Who wants to know which ports change. */
  interface Watcher {
    default void came(int link, Placement placement) {}

    default void went(int link, Placement placement) {}
  }

  void onChange(Watcher watcher) {
    this.watcher = watcher;
  }

  PortCalendar calendar(int link) {
    PortCalendar calendar = calendars[link];
    if (calendar == null) {
      calendar = new PortCalendar(periods, topology.shortest(link));
      calendars[link] = calendar;
    }
    return calendar;
  }

  void add(Placement placement) {
    Layout layout = placement.layout;
    Demand demand = layout.demand;
    for (int hop = 0; hop < layout.hops(); hop++) {
      int link = layout.links[hop];
      boolean exclusive = placement.queues[hop] == baseQueue(link);
      int lead = placement.lead(hop);
      int taken = exclusive ? lead : 0;
      calendar(link)
          .add(
              demand.id,
              demand.periodNumber,
              Math.floorMod(placement.starts[hop] - taken, demand.period),
              layout.lengths[hop] + taken,
              lead,
              placement.queues[hop]);
      watcher.came(link, placement);
      load[link] += (double) layout.lengths[hop] / demand.period;
    }
  }

  void remove(Placement placement) {
    Layout layout = placement.layout;
    Demand demand = layout.demand;
    for (int hop = 0; hop < layout.hops(); hop++) {
      int link = layout.links[hop];
      calendar(link).remove(demand.id);
      watcher.went(link, placement);
      load[link] -= (double) layout.lengths[hop] / demand.period;
    }
  }

  /** The queue whose frames have the port to themselves from their arrival on. */
  int baseQueue(int link) {
    return topology.link(link).port().lowestTimeTriggered();
  }

  int[] baseQueues(Layout layout) {
    int[] queues = new int[layout.hops()];
    Arrays.setAll(queues, hop -> baseQueue(layout.links[hop]));
    // Most often the same as the stream's before.
    if (Arrays.equals(queues, lastQueues)) {
      return lastQueues;
    }
    lastQueues = queues;
    return queues;
  }
}
