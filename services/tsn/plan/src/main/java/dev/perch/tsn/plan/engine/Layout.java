package dev.perch.tsn.plan.engine;

import dev.perch.tsn.plan.model.Link;
import java.util.Arrays;

/**
 * One tree of a stream, laid out in time: what each hop needs, relative to the start of the first
 * frame at the talker, if no frame waits longer than clock errors and ticks make it.
 */
final class Layout {
  final Demand demand;
  final int[] links;

  /** The hop that feeds this one; -1 at the talker. */
  final int[] parents;

  /** From the parent's start to the earliest start here; at the talker 0. */
  final int[] delays;

  /** Start of the first frame after the talker's. */
  final int[] shifts;

  /** How much earlier than that a frame may arrive because clocks differ. */
  final int[] uncertainties;

  /** How long before its start the first frame may be here, ns: 0 where it goes on at once. */
  final int[] leads;

  /** From the first frame's start to the end of what the burst reserves. */
  final int[] lengths;

  /** Between the starts of the frames of a burst. */
  final int[] spacings;

  /** From the first start to the reception of the last frame at the last listener. */
  final int latency;

  /**
   * How much later than the first frame of a burst, relative to its start, the last one arrives.
   */
  final int jitter;

  /** What the offset must be a multiple of. */
  final int step;

  /**
   * @param links a link comes after the one that feeds it
   */
  Layout(Topology topology, Demand demand, int[] links) {
    this.demand = demand;
    this.links = links;
    int hops = links.length;
    parents = Alike.shared(parents(topology, links));
    delays = new int[hops];
    shifts = new int[hops];
    lengths = new int[hops];
    int[] uncertain = new int[hops];
    int[] early = new int[hops];
    int[] apart = new int[hops];
    int multiple = 1;
    int slowest = 0;
    int most = 0;
    for (int hop = 0; hop < hops; hop++) {
      int number = links[hop];
      Link link = topology.link(number);
      int sender = topology.from[number];
      int wire = (int) link.wireTime(demand.frameBytes) + 2 * topology.clockError[sender];
      int parent = parents[hop];
      int gateTick = topology.tick(number);
      if (parent >= 0 && gateTick > 1 && isTimed(topology, hop)) {
        // Gates close on ticks; one tick closed keeps the next frame from going early.
        wire = (Math.ceilDiv(wire, gateTick) + 1) * gateTick;
      }
      int spacing = wire;
      if (parent >= 0) {
        Link feeder = topology.link(links[parent]);
        int error = topology.clockError[topology.from[links[parent]]] + topology.clockError[sender];
        int forwarding = (int) feeder.forwardingDelay(demand.frameBytes, link);
        delays[hop] = forwarding + error;
        shifts[hop] = shifts[parent] + delays[hop];
        uncertain[hop] = 2 * error;
        early[hop] = 2 * error;
        spacing = Math.max(wire, apart[parent]);
        if (error > 0) {
          spacing = Math.ceilDiv(spacing, gateTick) * gateTick;
        }
        if (error > 0) {
          int tick = topology.tick(number);
          multiple = lcm(multiple, tick);
          int rounded = Math.ceilDiv(shifts[hop], tick) * tick;
          early[hop] += rounded - shifts[hop];
          shifts[hop] = rounded;
        }
      } else {
        multiple = lcm(multiple, topology.tick(number));
      }
      apart[hop] = spacing;
      lengths[hop] = (demand.frames - 1) * spacing + wire;
      int spread = (demand.frames - 1) * (spacing - apart[root(hop)]);
      if (isListener(topology.to[number])) {
        int errors =
            topology.clockError[topology.from[links[root(hop)]]] + topology.clockError[sender];
        int received = shifts[hop] + (int) link.receptionTime(demand.frameBytes);
        slowest = Math.max(slowest, received + spread + errors);
        most = Math.max(most, spread + 2 * errors);
      }
    }
    uncertainties = Alike.shared(uncertain);
    leads = Alike.shared(early);
    spacings = Arrays.equals(apart, lengths) ? lengths : apart;
    latency = slowest;
    jitter = most;
    step = multiple;
  }

  private static int[] parents(Topology topology, int[] links) {
    int[] parents = new int[links.length];
    for (int hop = 0; hop < links.length; hop++) {
      parents[hop] = hop - 1;
      while (parents[hop] >= 0 && topology.to[links[parents[hop]]] != topology.from[links[hop]]) {
        parents[hop]--;
      }
    }
    return parents;
  }

  /** Whether clocks make frames wait for a hop's gate. */
  private boolean isTimed(Topology topology, int hop) {
    return topology.clockError[topology.from[links[hop]]]
            + topology.clockError[topology.from[links[parents[hop]]]]
        > 0;
  }

  private int root(int hop) {
    int root = hop;
    while (parents[root] >= 0) {
      root = parents[root];
    }
    return root;
  }

  private boolean isListener(int node) {
    for (int listener : demand.listeners) {
      if (listener == node) {
        return true;
      }
    }
    return false;
  }

  private static int lcm(int a, int b) {
    return a == b ? a : Math.toIntExact((long) a / Periods.gcd(a, b) * b);
  }

  int hops() {
    return links.length;
  }

  /** Whether a burst is over, on every link, before the next one begins. */
  boolean fitsInterval() {
    for (int hop = 0; hop < links.length; hop++) {
      if ((long) leads[hop] + lengths[hop] > demand.period) {
        return false;
      }
    }
    return true;
  }

  /** Whether latency and jitter are within the stream's bounds. */
  boolean isInTime() {
    return latency <= demand.maxLatency && jitter <= demand.maxJitter;
  }

  /** The last offset that the talker can use. */
  int latestOffset() {
    if (demand.stream.latestOffset() == null) {
      return demand.period - 1;
    }
    return demand.latest - (demand.frames - 1) * spacings[0];
  }
}
