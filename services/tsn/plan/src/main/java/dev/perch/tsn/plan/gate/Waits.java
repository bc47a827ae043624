package dev.perch.tsn.plan.gate;

import java.util.Arrays;
import java.util.List;

/** When a frame may lie in a queue that must not leave yet. */
final class Waits {
  private final int cycle;

  /** Of each queue: starts and ends in turn, sorted, without overlap, unrolled over two cycles. */
  private final long[][] bounds = new long[8][];

  Waits(int cycle, List<Window> windows) {
    this.cycle = cycle;
    Arrays.setAll(bounds, queue -> new long[0]);
    List<Window> waiting = windows.stream().filter(one -> one.lead() > 0).toList();
    for (int queue = 0; queue < 8 && !waiting.isEmpty(); queue++) {
      int used = queue;
      List<Window> own = waiting.stream().filter(one -> one.queue() == used).toList();
      bounds[queue] = union(own);
    }
  }

  /** Sorted by start; waits may be longer than the distance of the windows. */
  private long[] union(List<Window> waiting) {
    long[][] spans = new long[waiting.size() * 4][];
    int size = 0;
    for (Window window : waiting) {
      for (long turn = -1; turn <= 2; turn++) {
        long begin = window.begin() + turn * cycle;
        spans[size++] = new long[] {begin - Math.min(window.lead(), cycle), begin};
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
    if (begin >= end) {
      return true;
    }
    int at = Arrays.binarySearch(sorted, begin);
    int next = at >= 0 ? at + 1 : -at - 1;
    return (next & 1) == 0 && (next == sorted.length || sorted[next] >= end);
  }
}
