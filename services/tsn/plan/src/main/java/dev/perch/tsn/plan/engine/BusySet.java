package dev.perch.tsn.plan.engine;

import java.util.Arrays;

/**
 * When a port is taken, modulo one period: the union of all reservations, as a stream of that
 * period meets them.
 *
 * <p>Starts and ends alternate in one sorted array, so that one binary search tells whether a time
 * is taken (its upper bound is an end) or free (it is a start). Gaps in which not even the shortest
 * frame fits are closed: nobody can use them, and fewer gaps are faster to search.
 */
final class BusySet {
  private final int period;
  private final int shortest;
  private int[] bounds = new int[8];
  private int size;

  /**
   * @param shortest the least that a reservation takes; shorter gaps count as taken
   */
  BusySet(int period, int shortest) {
    this.period = period;
    this.shortest = Math.max(1, shortest);
  }

  /**
   * 0 if {@code length} ns from {@code time} are free, otherwise how much later the reservation
   * that is met first ends.
   *
   * @param time 0 to period - 1
   * @param length at most a period
   */
  int delay(int time, int length) {
    int next = above(time);
    if ((next & 1) == 1) {
      return bounds[next] - time;
    }
    int end = time + length;
    if (next < size && bounds[next] < end) {
      return bounds[next + 1] - time;
    }
    if (end > period && size > 0 && bounds[0] < end - period) {
      return bounds[1] + period - time;
    }
    return 0;
  }

  /** Takes {@code length} ns from {@code time}, every {@code distance} ns; what is taken stays. */
  void add(int time, int length, int distance) {
    if (length >= distance) {
      size = 0;
      put(0, period);
      return;
    }
    for (int start = time % distance; start < period; start += distance) {
      int end = start + length;
      if (end <= period) {
        put(start, end);
      } else {
        put(start, period);
        put(0, end - period);
      }
    }
  }

  private void put(int start, int end) {
    int first = above(start - shortest);
    int from = start;
    if ((first & 1) == 1) {
      first--;
      from = bounds[first];
    }
    int last = first;
    while (last < size && bounds[last] < end + shortest) {
      last++;
    }
    int to = end;
    if ((last & 1) == 1) {
      to = bounds[last++];
    } else if (last > first) {
      to = Math.max(end, bounds[last - 1]);
    }
    if (last > first) {
      from = Math.min(from, bounds[first]);
    }
    replace(first, last, Math.min(from, start), to);
  }

  private void replace(int first, int last, int from, int to) {
    int grown = size + 2 - (last - first);
    if (grown > bounds.length) {
      bounds = Arrays.copyOf(bounds, grown + (grown >> 2));
    }
    if (last - first != 2) {
      System.arraycopy(bounds, last, bounds, first + 2, size - last);
    }
    bounds[first] = from;
    bounds[first + 1] = to;
    size = grown;
  }

  /** Index of the first bound above a time. */
  private int above(int time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bounds[middle] > time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
