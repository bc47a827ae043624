package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.format.Openings.Window;
import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateEntry.Operation;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The windows of one port. The format says nothing of other traffic: it gets what is left, with the
 * port's guard band before each window.
 */
final class TsnkitGates {
  private static final int OTHERS = 8;

  private final long cycle;
  private final Map<Integer, List<Window>> windows = new TreeMap<>();

  TsnkitGates(long cycle) {
    this.cycle = cycle;
  }

  long cycle() {
    return cycle;
  }

  void add(int queue, Window window) {
    windows.computeIfAbsent(queue, q -> new ArrayList<>()).add(window);
  }

  Openings openings(int queue) {
    return new Openings(cycle, windows.getOrDefault(queue, List.of()));
  }

  GateList list(Link link) {
    Port port = link.port();
    TreeMap<Long, int[]> changes = new TreeMap<>();
    windows.forEach(
        (queue, all) -> {
          for (Window window : all) {
            hold(changes, queue, window.start(), window.end());
            long begin = Math.max(window.start() - port.guardBand(), window.end() - cycle);
            hold(changes, OTHERS, Math.max(begin, 0), window.end());
            if (begin < 0) {
              hold(changes, OTHERS, begin + cycle, cycle);
            }
          }
        });
    changes.putIfAbsent(0L, new int[OTHERS + 1]);
    changes.putIfAbsent(cycle, new int[OTHERS + 1]);
    List<GateEntry> entries = new ArrayList<>();
    int[] held = new int[OTHERS + 1];
    long since = 0;
    for (Map.Entry<Long, int[]> change : changes.entrySet()) {
      if (change.getKey() > since) {
        entries.add(entry(held, port, change.getKey() - since));
        since = change.getKey();
      }
      for (int gate = 0; gate < held.length; gate++) {
        held[gate] += change.getValue()[gate];
      }
    }
    return new GateList(link.name(), 0, cycle, entries);
  }

  private static void hold(TreeMap<Long, int[]> changes, int gate, long from, long to) {
    changes.computeIfAbsent(from, time -> new int[OTHERS + 1])[gate]++;
    changes.computeIfAbsent(to, time -> new int[OTHERS + 1])[gate]--;
  }

  private static GateEntry entry(int[] held, Port port, long length) {
    int gates = held[OTHERS] > 0 ? 0 : (1 << port.lowestTimeTriggered()) - 1;
    for (int queue = 0; queue < OTHERS; queue++) {
      gates |= held[queue] > 0 ? 1 << queue : 0;
    }
    return new GateEntry(Operation.SET_GATE_STATES, gates, length);
  }
}
