package dev.perch.tsn.plan.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** When the gate of one queue is open, cycle after cycle, and who has gone through it so far. */
final class Openings {
  /** Open from {@code start} to before {@code end}, ns after the begin of a cycle. */
  record Window(long start, long end) {}

  private final long cycle;
  private final List<Window> windows;
  private long free;
  private long turn;
  private int next;

  /**
   * @param windows within the cycle, in any order; those that meet or overlap are one
   */
  Openings(long cycle, List<Window> windows) {
    this.cycle = cycle;
    this.windows = joined(cycle, windows);
  }

  private static List<Window> joined(long cycle, List<Window> windows) {
    List<Window> joined = new ArrayList<>();
    for (Window window :
        windows.stream().sorted(Comparator.comparingLong(Window::start)).toList()) {
      Window last = joined.isEmpty() ? null : joined.getLast();
      if (last == null || window.start > last.end) {
        joined.add(window);
      } else {
        joined.set(joined.size() - 1, new Window(last.start, Math.max(last.end, window.end)));
      }
    }
    if (joined.size() > 1 && joined.getFirst().start == 0 && joined.getLast().end == cycle) {
      Window first = joined.removeFirst();
      Window last = joined.removeLast();
      joined.add(new Window(last.start, cycle + first.end));
    }
    return joined;
  }

  /** A frame goes at this time, whatever the gate says. */
  void pass(long start, long onWire) {
    free = Math.max(free, start + onWire);
  }

  /**
   * Sends a frame behind all others that came before; calls are in the order of arrival.
   *
   * @return when it starts: as soon as the gate is open and stays so for the frame; {@code ready}
   *     if that never comes
   */
  long send(long ready, long onWire) {
    long from = Math.max(ready, free);
    if (windows.size() == 1 && windows.getFirst().end - windows.getFirst().start >= cycle) {
      free = from + onWire;
      return from;
    }
    skipUntil(from);
    for (int i = next; i <= next + windows.size() && !windows.isEmpty(); i++) {
      Window window = windows.get(i % windows.size());
      long shift = (turn + i / windows.size()) * cycle;
      long start = Math.max(from, shift + window.start);
      if (start + onWire <= shift + window.end) {
        free = start + onWire;
        return start;
      }
    }
    return ready;
  }

  private void skipUntil(long time) {
    while (!windows.isEmpty() && turn * cycle + windows.get(next).end <= time) {
      next++;
      if (next == windows.size()) {
        next = 0;
        turn++;
      }
    }
  }
}
