package dev.perch.tsn.plan.gate;

import java.util.Arrays;

/** When a frame may lie in a queue that must not leave yet. */
final class Waits {
  private static final long[] NONE = {};

  private final int cycle;

  /** Of each queue: starts and ends in turn, sorted, without overlap, unrolled over two cycles. */
  private final long[][] bounds = new long[8][];

  Waits(int cycle, Windows windows) {
    this.cycle = cycle;
    int[] waiting = new int[8];
    for (int i = 0; i < windows.size(); i++) {
      waiting[windows.queue(i)] += windows.lead(i) > 0 ? 1 : 0;
    }
    Arrays.setAll(
        bounds, queue -> waiting[queue] == 0 ? NONE : union(windows, queue, waiting[queue]));
  }

  /** Sorted by start; waits may be longer than the distance of the windows. */
  private long[] union(Windows windows, int queue, int count) {
    long[][] spans = new long[count * 4][];
    int size = 0;
    for (int i = 0; i < windows.size(); i++) {
      if (windows.queue(i) == queue && windows.lead(i) > 0) {
        for (long turn = -1; turn <= 2; turn++) {
          long begin = windows.begin(i) + turn * cycle;
          spans[size++] = new long[] {begin - Math.min(windows.lead(i), cycle), begin};
        }
      }
    }
    Arrays.sort(spans, (one, other) -> Long.compare(one[0], other[0]));
    long[] union = new long[size * 2];
    int last = 0;
    for (long[] span : spans) {
      if (last > 0 && span[0] <= union[last - 1]) {
        union[last - 1] = Math.max(union[last - 1], span[1]);
      } else {
        union[last++] = span[0];
        union[last++] = span[1];
      }
    }
    return Arrays.copyOf(union, last);
  }

  /**
   * Whether nothing waits in a queue from {@code begin} to {@code end}.
   *
   * @param begin at least minus one cycle
   * @param end at most two cycles
   */
  boolean isFree(int queue, long begin, long end) {
    long[] sorted = bounds[queue];
    if (sorted.length == 0 || begin >= end) {
      return true;
    }
    int at = Arrays.binarySearch(sorted, begin);
    int next = at >= 0 ? at + 1 : -at - 1;
    return (next & 1) == 0 && (next == sorted.length || sorted[next] >= end);
  }
}
