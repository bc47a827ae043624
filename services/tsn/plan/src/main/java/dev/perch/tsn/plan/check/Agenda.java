package dev.perch.tsn.plan.check;

import java.util.Arrays;

/** A heap of what happens when: 64 bits of time, 32 bits of what. Equal times come in any order. */
final class Agenda {
  private long[] times = new long[1024];
  private int[] items = new int[1024];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  long firstTime() {
    return times[0];
  }

  void add(long time, int item) {
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
      items = Arrays.copyOf(items, size * 2);
    }
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (times[parent] <= time) {
        break;
      }
      times[at] = times[parent];
      items[at] = items[parent];
      at = parent;
    }
    times[at] = time;
    items[at] = item;
  }

  /** Takes the first out. */
  int poll() {
    int first = items[0];
    long time = times[--size];
    int item = items[size];
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && times[child + 1] < times[child]) {
        child++;
      }
      if (times[child] >= time) {
        break;
      }
      times[at] = times[child];
      items[at] = items[child];
      at = child;
    }
    if (size > 0) {
      times[at] = time;
      items[at] = item;
    }
    return first;
  }
}
