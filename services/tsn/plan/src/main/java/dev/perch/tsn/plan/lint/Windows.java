package dev.perch.tsn.plan.lint;

import java.util.ArrayList;
import java.util.List;

/**
 * When each class may send within a cycle, as the state machines of 8.6.9 run the list: what lies
 * behind the end of the cycle is never reached, and the last gates stay if the list ends earlier.
 */
final class Windows {
  private final List<GateEntry> entries;
  private final long[] lengths;
  private final long cycle;

  Windows(PortSchedule port) {
    cycle = port.effectiveCycle();
    List<GateEntry> reached = new ArrayList<>();
    List<Long> durations = new ArrayList<>();
    long at = 0;
    for (GateEntry entry : port.entries()) {
      if (at >= cycle) {
        break;
      }
      long length = Math.min(entry.interval(), cycle - at);
      reached.add(entry);
      durations.add(length);
      at += length;
    }
    if (at < cycle && !reached.isEmpty()) {
      durations.set(durations.size() - 1, durations.getLast() + cycle - at);
    }
    entries = reached;
    lengths = durations.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * A time in which a gate is open without a break.
   *
   * @param first the entry that opens it
   * @param shared another usable class may be sending when it opens, or sends within it
   */
  record Window(GateEntry first, long length, boolean shared) {}

  /** How many entries are reached within the cycle. */
  int reached() {
    return entries.size();
  }

  /** The windows of a class; one that goes over the end of the cycle is one window. */
  List<Window> of(int trafficClass, int usable) {
    List<Window> windows = new ArrayList<>();
    int count = entries.size();
    int begin = firstOpening(trafficClass);
    if (begin < 0) {
      return windows;
    }
    if (begin == count) {
      return List.of(new Window(entries.getFirst(), cycle, (usable & ~(1 << trafficClass)) != 0));
    }
    for (int i = 0; i < count; ) {
      GateEntry entry = entries.get((begin + i) % count);
      if (!entry.opens(trafficClass)) {
        i++;
        continue;
      }
      long length = 0;
      int others = 0;
      for (; i < count && entries.get((begin + i) % count).opens(trafficClass); i++) {
        length += lengths[(begin + i) % count];
        others |= entries.get((begin + i) % count).gates();
      }
      others &= usable & ~(1 << trafficClass);
      windows.add(new Window(entry, length, others != 0));
    }
    return windows;
  }

  /** Time in a cycle in which no usable gate is open, as pairs of entry and length. */
  List<Window> dead(int usable) {
    List<Window> dead = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if ((entries.get(i).gates() & usable) == 0) {
        dead.add(new Window(entries.get(i), lengths[i], false));
      }
    }
    return dead;
  }

  /**
   * The entry at which a window begins; -1 if the gate never opens, the count if it never closes.
   */
  private int firstOpening(int trafficClass) {
    int count = entries.size();
    boolean open = false;
    for (int i = 0; i < count; i++) {
      boolean now = entries.get(i).opens(trafficClass);
      if (now && !entries.get((i + count - 1) % count).opens(trafficClass)) {
        return i;
      }
      open |= now;
    }
    return open ? count : -1;
  }
}
