package dev.perch.tsn.plan.engine;

import dev.perch.tsn.plan.model.DeviceProfile;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * For a stream with free times on its way, but a gate list there that the device cannot hold: looks
 * for times at which its windows meet those of others, or keep away from them as far as the
 * shortest gate entry needs, and then for a way around the port.
 */
final class SecondTry {
  /** How many times are tried; for each the gate lists of the whole way are compiled. */
  private static final int TIMES = 16;

  /** The limits of a device that other times may keep; a cycle is too long at any time. */
  private static final Set<String> DEPENDING_ON_TIMES = Set.of("listLength", "minInterval");

  /** How many ports it goes around. */
  private static final int WAYS = 3;

  private final Topology topology;
  private final Occupancy occupancy;
  private final Placements placements;
  private final Placer placer;
  private final Gates gates;
  private final NoWaitSearch noWait;

  SecondTry(
      Topology topology, Occupancy occupancy, Placements placements, Placer placer, Gates gates) {
    this.topology = topology;
    this.occupancy = occupancy;
    this.placements = placements;
    this.placer = placer;
    this.gates = gates;
    noWait = new NoWaitSearch(occupancy);
  }

  /**
   * Gives a stream with one tree another place.
   *
   * @param layout where it was, and is no more
   * @return whether it has a place now
   */
  boolean place(Demand demand, Layout layout, Gates.Misfit misfit) {
    if (DEPENDING_ON_TIMES.contains(misfit.limit().limit())
        && atAnotherTime(layout, misfit.link())) {
      return true;
    }
    BitSet avoid = new BitSet();
    Gates.Misfit narrow = misfit;
    for (int way = 0; way < WAYS && !topology.isOnlyLink(narrow.link()); way++) {
      avoid.set(narrow.link());
      Placement found = placer.place(demand, 0, avoid, new Attempt());
      if (found == null) {
        return false;
      }
      Gates.Misfit next = settle(demand, found);
      if (next == null) {
        return true;
      }
      if (avoid.get(next.link())) {
        return false;
      }
      narrow = next;
    }
    return false;
  }

  private boolean atAnotherTime(Layout layout, int link) {
    int tries = 0;
    for (int offset : offsets(layout, link)) {
      if (noWait.earliest(layout, offset, offset) == NoWaitSearch.NONE) {
        continue;
      }
      int[] queues = occupancy.baseQueues(layout);
      if (settle(layout.demand, Placement.atOnce(layout, offset, queues)) == null) {
        return true;
      }
      if (++tries == TIMES) {
        return false;
      }
    }
    return false;
  }

  /** At which it is sent right before or behind another stream, or the shortest entry away. */
  private TreeSet<Integer> offsets(Layout layout, int link) {
    int hop = 0;
    while (layout.links[hop] != link) {
      hop++;
    }
    DeviceProfile device = topology.sender(link).device();
    int shortest = (int) Math.min(layout.demand.period, device.minInterval());
    int shift = layout.shifts[hop] - layout.leads[hop];
    int length = layout.leads[hop] + layout.lengths[hop];
    TreeSet<Integer> offsets = new TreeSet<>();
    occupancy
        .calendar(link)
        .forEach(
            (owner, period, start, taken) -> {
              for (int apart : new int[] {0, shortest}) {
                add(offsets, layout, Math.ceilDiv(start + taken + apart - shift, layout.step));
                add(offsets, layout, Math.floorDiv(start - length - apart - shift, layout.step));
              }
            });
    return offsets;
  }

  private static void add(TreeSet<Integer> offsets, Layout layout, int steps) {
    Demand demand = layout.demand;
    int offset = Math.floorMod(steps * layout.step, demand.period);
    if (offset >= demand.earliest && offset <= layout.latestOffset() && offset % layout.step == 0) {
      offsets.add(offset);
    }
  }

  private Gates.@Nullable Misfit settle(Demand demand, Placement placement) {
    placements.put(demand, List.of(placement));
    Gates.Misfit misfit = gates.misfit(List.of(placement));
    if (misfit != null) {
      placements.remove(demand.id);
    }
    return misfit;
  }
}
