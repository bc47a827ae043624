package dev.perch.tsn.plan.gate;

import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateEntry.Operation;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Port;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When other traffic is shut out of a port, where one time-triggered gate is open all that time: no
 * frame waits. Such a list is the union of what each frame needs, so one more frame is added to it
 * without looking at the others. Starts and ends alternate in one sorted array.
 */
final class ClosedTimes {
  private final Link link;
  private final int cycle;
  private final int open;
  private final int closed;
  private int[] bounds;
  private int size;

  private ClosedTimes(Link link, GateList list) {
    this.link = link;
    cycle = (int) list.cycle();
    Port port = link.port();
    open = (1 << port.lowestTimeTriggered()) - 1;
    closed = 1 << port.lowestTimeTriggered();
    bounds = new int[list.entries().size() + 2];
  }

  /** A list with frames added to it; null if it is not of this kind, or would not be with them. */
  static @Nullable GateList with(Link link, GateList list, List<Transmission> more) {
    var times = new ClosedTimes(link, list);
    if (!times.read(list.entries())) {
      return null;
    }
    for (Transmission one : more) {
      if (!times.suits(one)) {
        return null;
      }
      times.add(one);
    }
    if (times.isWhole()) {
      return null;
    }
    return new GateList(list.link(), list.baseTime(), list.cycle(), times.entries());
  }

  /** Whether nothing is left for other traffic; then not all of the time is one block. */
  private boolean isWhole() {
    return size == 2 && bounds[0] == 0 && bounds[1] == cycle;
  }

  private boolean read(List<GateEntry> entries) {
    if (open == 0) {
      // Nobody is shut out, and a gate that is closed may be so for a frame that waits.
      return false;
    }
    int at = 0;
    for (GateEntry entry : entries) {
      int end = at + (int) entry.interval();
      if (entry.gates() == closed) {
        append(at, end);
      } else if (entry.gates() != open) {
        return false;
      }
      at = end;
    }
    return true;
  }

  private void append(int from, int to) {
    if (size > 0 && bounds[size - 1] == from) {
      bounds[size - 1] = to;
    } else {
      bounds[size++] = from;
      bounds[size++] = to;
    }
  }

  private boolean suits(Transmission one) {
    return one.lead() == 0
        && one.patience() == 0
        && 1 << one.queue() == closed
        && cycle % one.interval() == 0;
  }

  private void add(Transmission one) {
    int guard = (int) link.port().guardBand();
    for (int frame = 0; frame < one.frames(); frame++) {
      int first = (one.start() + frame * one.spacing()) % one.interval();
      for (int begin = first; begin < cycle; begin += one.interval()) {
        close(begin - guard, begin + one.wireTime());
      }
    }
  }

  private void close(int from, int to) {
    if (to - from >= cycle) {
      put(0, cycle);
    } else if (from < 0) {
      put(from + cycle, cycle);
      put(0, to);
    } else if (to > cycle) {
      put(from, cycle);
      put(0, to - cycle);
    } else {
      put(from, to);
    }
  }

  /** What touches becomes one. */
  private void put(int from, int to) {
    int first = index(from);
    int last = first;
    int least = from;
    int most = to;
    while (last < size && bounds[last] <= to) {
      least = Math.min(least, bounds[last]);
      most = Math.max(most, bounds[last + 1]);
      last += 2;
    }
    int grown = size + 2 - (last - first);
    if (grown > bounds.length) {
      bounds = Arrays.copyOf(bounds, grown + 16);
    }
    System.arraycopy(bounds, last, bounds, first + 2, size - last);
    bounds[first] = least;
    bounds[first + 1] = most;
    size = grown;
  }

  /** Of the first pair that does not end before a time. */
  private int index(int time) {
    int low = 0;
    int high = size >> 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bounds[2 * middle + 1] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return 2 * low;
  }

  private List<GateEntry> entries() {
    List<GateEntry> entries = new ArrayList<>(size + 1);
    boolean preemption = link.port().preemption();
    Operation opening = preemption ? Operation.SET_AND_RELEASE_MAC : Operation.SET_GATE_STATES;
    Operation closing = preemption ? Operation.SET_AND_HOLD_MAC : Operation.SET_GATE_STATES;
    int at = 0;
    for (int i = 0; i < size; i += 2) {
      if (bounds[i] > at) {
        Timeline.add(entries, opening, open, bounds[i] - at);
      }
      Timeline.add(entries, closing, closed, bounds[i + 1] - bounds[i]);
      at = bounds[i + 1];
    }
    if (at < cycle) {
      Timeline.add(entries, opening, open, cycle - at);
    }
    return entries;
  }
}
