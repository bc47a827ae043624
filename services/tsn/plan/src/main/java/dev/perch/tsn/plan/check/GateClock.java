package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Port;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gates of one port let through, in the time of the port's own clock. Without a list all
 * gates are open. Questions come in the order of time, nearly; not for several threads at once.
 */
final class GateClock {
  static final long NEVER = Long.MAX_VALUE;

  /** How many entries are looked at before all are searched. */
  private static final int NEAR = 4;

  private final long cycle;
  private final long phase;
  private final long[] begin;
  private final int[] gates;
  private final boolean[] others;
  private final long guard;

  /** The entry that was asked for last. */
  private int recent;

  GateClock(Port port, @Nullable GateList list) {
    var entries = list == null ? List.<GateEntry>of() : list.entries();
    begin = new long[Math.max(1, entries.size())];
    gates = new int[begin.length];
    gates[0] = 0xff;
    long at = 0;
    for (int i = 0; i < entries.size(); i++) {
      begin[i] = at;
      gates[i] = entries.get(i).gates();
      at += entries.get(i).interval();
    }
    cycle = list == null ? 1 : list.cycle();
    phase = list == null ? 0 : list.baseTime() % list.cycle();
    others = others((1 << port.lowestTimeTriggered()) - 1, entries);
    guard = port.guardBand();
  }

  /** In which entries other traffic may begin: its gate is open, and it is not held (802.3br). */
  private static boolean[] others(int queues, List<GateEntry> entries) {
    boolean[] others = new boolean[Math.max(1, entries.size())];
    others[0] = true;
    boolean held = false;
    // What the end of the cycle leaves held is held at its begin.
    for (int i = 0; i < 2 * entries.size(); i++) {
      GateEntry entry = entries.get(i % entries.size());
      held =
          switch (entry.operation()) {
            case SET_AND_HOLD_MAC -> true;
            case SET_AND_RELEASE_MAC -> false;
            case SET_GATE_STATES -> held;
          };
      others[i % entries.size()] = !held && (entry.gates() & queues) != 0;
    }
    return others;
  }

  long cycle() {
    return cycle;
  }

  /**
   * The first moment, not before a given one, from which a queue's gate stays open long enough for
   * a frame; a frame is not started if the gate would close before its end (8.6.8.4).
   */
  long opens(int queue, long from, long needed) {
    long inCycle = Math.floorMod(from - phase, cycle);
    int entry = entryAt(inCycle);
    long open = NEVER;
    long at = from;
    long end = from - inCycle + endOf(entry);
    for (int seen = 0; seen <= 2 * begin.length; seen++) {
      if ((gates[entry] >> queue & 1) == 0) {
        open = NEVER;
      } else {
        if (open == NEVER) {
          open = at;
        }
        if (end - open >= needed) {
          return open;
        }
      }
      at = end;
      entry = entry + 1 == begin.length ? 0 : entry + 1;
      end = at + endOf(entry) - begin[entry];
    }
    // Open all the time, and still shorter than the frame: the cycle repeats.
    return open == from ? from : NEVER;
  }

  /**
   * Until when a frame of other traffic may keep the port, if it starts at the worst moment.
   *
   * @param free since when no time-triggered frame is on the wire
   * @param now when one could start
   * @return {@code now} if nothing keeps it
   */
  long interference(long free, long now) {
    if (guard == 0) {
      return now;
    }
    long inCycle = Math.floorMod(now - phase, cycle);
    int entry = entryAt(inCycle);
    long begun = now - inCycle + begin[entry];
    long last = now;
    if (begun == now) {
      entry = entry == 0 ? begin.length - 1 : entry - 1;
      begun = now - (endOf(entry) - begin[entry]);
    }
    while (last > free && now - last < guard) {
      if (others[entry]) {
        return last + guard;
      }
      last = begun;
      entry = entry == 0 ? begin.length - 1 : entry - 1;
      begun -= endOf(entry) - begin[entry];
    }
    return now;
  }

  private long endOf(int entry) {
    return entry + 1 == begin.length ? cycle : begin[entry + 1];
  }

  private int entryAt(long inCycle) {
    for (int entry = recent; entry < Math.min(begin.length, recent + NEAR); entry++) {
      if (begin[entry] <= inCycle && inCycle < endOf(entry)) {
        recent = entry;
        return entry;
      }
    }
    int found = Arrays.binarySearch(begin, inCycle);
    recent = found >= 0 ? found : -found - 2;
    return recent;
  }
}
