package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.Link;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Sweeps over all transmissions of one port in the order they start, until they repeat:
 * reservations are disjoint, queues are first in, first out.
 */
final class PortSweep {
  /** So many transmissions are laid out in memory at most; beyond, pairs are compared. */
  private static final long MOST = 1 << 22;

  /** Bits of a row's number in a sorted key. */
  private static final int ROW_BITS = 22;

  private final Link link;
  private final PortRows rows;
  private final IntFunction<String> names;
  private final Consumer<Flaw> flaws;
  private final Set<Long> told = new HashSet<>();

  PortSweep(Link link, PortRows rows, IntFunction<String> names, Consumer<Flaw> flaws) {
    this.link = link;
    this.rows = rows;
    this.names = names;
    this.flaws = flaws;
  }

  void look() {
    long cycle = rows.cycle();
    long count = 0;
    for (int row = 0; row < rows.size() && cycle != Long.MAX_VALUE; row++) {
      count += cycle / rows.interval(row);
    }
    if (cycle >= 1L << 63 - ROW_BITS || count > MOST || rows.size() >= 1 << ROW_BITS) {
      PortPairs.look(link, rows, 0, names, flaws);
    } else {
      sweep(cycle, layOut(cycle, (int) count));
    }
  }

  /** Start within the cycle and row of each transmission, in order. */
  private long[] layOut(long cycle, int count) {
    long[] keys = new long[count];
    int next = 0;
    for (int row = 0; row < rows.size(); row++) {
      long begin = rows.start(row) % rows.interval(row);
      for (long start = begin; start < cycle; start += rows.interval(row)) {
        keys[next++] = start << ROW_BITS | row;
      }
    }
    Arrays.sort(keys);
    return keys;
  }

  private void sweep(long cycle, long[] keys) {
    int[] lastOfQueue = new int[8];
    long[] lastStart = new long[8];
    Arrays.fill(lastOfQueue, -1);
    long until = Long.MIN_VALUE;
    int holder = -1;
    // A second time round, as far as the first transmissions of each queue and the longest one
    // need.
    for (int turn = 0; turn < 2; turn++) {
      int seenQueues = 0;
      for (long key : keys) {
        int row = (int) (key & (1 << ROW_BITS) - 1);
        long start = (key >>> ROW_BITS) + turn * cycle;
        int queue = rows.queue(row);
        boolean newQueue = (seenQueues >> queue & 1) == 0;
        if (turn == 1 && start >= until && !newQueue) {
          break;
        }
        seenQueues |= 1 << queue;
        if (holder >= 0 && start < until) {
          collision(holder, row, start % cycle, until - start);
        }
        if (start + rows.busy(row) > until) {
          until = start + rows.busy(row);
          holder = row;
        }
        if (lastOfQueue[queue] >= 0 && (turn == 0 || newQueue)) {
          long gap = start - lastStart[queue];
          if (gap > 0 && rows.mayOvertake(lastOfQueue[queue], row, gap)) {
            overtaking(lastOfQueue[queue], row, lastStart[queue] % cycle);
          }
        }
        lastOfQueue[queue] = row;
        lastStart[queue] = start;
      }
    }
  }

  private void collision(int holder, int row, long at, long overlap) {
    if (told.add((long) holder << 32 | row)) {
      flaws.accept(new Flaw.Collision(name(row), name(holder), link.name(), at, overlap));
    }
  }

  private void overtaking(int first, int second, long at) {
    if (told.add(1L << 63 | (long) first << 32 | second)) {
      flaws.accept(
          new Flaw.Overtaking(name(first), name(second), link.name(), rows.queue(first), at));
    }
  }

  private String name(int row) {
    return names.apply(rows.stream(row));
  }
}
