package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The plainest gate lists: a window for each frame, a guard band before it, others elsewhere. */
final class ExactGates {
  private ExactGates() {}

  static Map<String, GateList> of(
      Network network, List<Stream> streams, Map<String, StreamPlan> plans) {
    Map<String, Long> cycles = new HashMap<>();
    each(
        network,
        streams,
        plans,
        (link, stream, hop) -> cycles.merge(link.name(), stream.interval(), Arithmetic::lcm));
    Map<String, Map<Long, Window>> windows = new HashMap<>();
    each(
        network,
        streams,
        plans,
        (link, stream, hop) -> {
          long cycle = cycles.getOrDefault(link.name(), 1L);
          for (long start : hop.starts()) {
            for (long at = start % stream.interval(); at < cycle; at += stream.interval()) {
              windows
                  .computeIfAbsent(link.name(), l -> new TreeMap<>())
                  .put(at, new Window(at, at + link.wireTime(stream.frameBytes()), hop.queue()));
            }
          }
        });
    Map<String, GateList> lists = new LinkedHashMap<>();
    windows.forEach(
        (name, sorted) -> {
          Link link = network.link(name).orElseThrow();
          lists.put(name, list(link, cycles.getOrDefault(name, 1L), List.copyOf(sorted.values())));
        });
    return lists;
  }

  private record Window(long begin, long end, int queue) {}

  private interface Each {
    void see(Link link, Stream stream, Hop hop);
  }

  private static void each(
      Network network, List<Stream> streams, Map<String, StreamPlan> plans, Each each) {
    for (Stream stream : streams) {
      StreamPlan plan = plans.get(stream.name());
      for (Tree tree : plan == null ? List.<Tree>of() : plan.trees()) {
        for (Hop hop : tree.hops()) {
          each.see(network.link(hop.link()).orElseThrow(), stream, hop);
        }
      }
    }
  }

  /** Windows do not go over the end of the cycle here. */
  private static GateList list(Link link, long cycle, List<Window> windows) {
    int others = (1 << link.port().lowestTimeTriggered()) - 1;
    long guard = link.port().guardBand();
    List<GateEntry> entries = new ArrayList<>();
    long at = 0;
    // The guard band of a window at 0 is at the end of the cycle.
    long end = cycle - Math.max(0, guard - windows.getFirst().begin());
    for (Window window : windows) {
      at = add(entries, at, window.begin() - guard, others);
      at = add(entries, at, window.begin(), 0);
      at = add(entries, at, window.end(), 1 << window.queue());
    }
    at = add(entries, at, end, others);
    add(entries, at, cycle, 0);
    return new GateList(link.name(), 0, cycle, entries);
  }

  private static long add(List<GateEntry> entries, long from, long to, int gates) {
    if (to <= from) {
      return from;
    }
    entries.add(new GateEntry(GateEntry.Operation.SET_GATE_STATES, gates, to - from));
    return to;
  }
}
