package dev.perch.tsn.plan.engine;

import java.util.Arrays;

/** Where and when one tree of a stream travels: a layout with an offset, waits and queues. */
public final class Placement {
  final Layout layout;

  /** Start of the first frame on each hop, ns after the start of the interval at the talker. */
  final int[] starts;

  final int[] queues;

  Placement(Layout layout, int[] starts, int[] queues) {
    this.layout = layout;
    this.starts = starts;
    this.queues = queues;
  }

  /** No frame waits longer than it must. */
  static Placement atOnce(Layout layout, int offset, int[] queues) {
    int[] starts = new int[layout.hops()];
    for (int hop = 0; hop < starts.length; hop++) {
      starts[hop] = offset + layout.shifts[hop];
    }
    return new Placement(layout, starts, queues);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Placement that
        && Arrays.equals(layout.links, that.layout.links)
        && Arrays.equals(starts, that.starts)
        && Arrays.equals(queues, that.queues);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(starts);
  }

  int offset() {
    return starts[0];
  }

  /** How long before its start the first frame may be at a hop, ns. */
  int lead(int hop) {
    int parent = layout.parents[hop];
    return parent < 0 ? 0 : starts[hop] - earliestArrival(hop);
  }

  /** When the first frame may be at a hop at the earliest; at the talker, when it starts. */
  int earliestArrival(int hop) {
    int parent = layout.parents[hop];
    return parent < 0
        ? starts[hop]
        : starts[parent] + layout.delays[hop] - layout.uncertainties[hop];
  }
}
