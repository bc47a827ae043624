package dev.perch.tsn.plan.engine;

/**
 * Finds the offset at which every hop of a layout is free and no frame waits. Exact and complete:
 * an offset that meets a reservation is moved to that reservation's end, so nothing free is
 * skipped.
 */
final class NoWaitSearch {
  static final int NONE = -1;

  private final Occupancy occupancy;
  private BusySet[] views = new BusySet[16];
  private int[] relative = new int[16];
  private int[] lengths = new int[16];
  private int hops;
  private int period;
  private int step;

  /** The hop that the last search met last. */
  private int obstacle;

  NoWaitSearch(Occupancy occupancy) {
    this.occupancy = occupancy;
  }

  /** The first free offset from {@code from} to {@code to}, or {@link #NONE}. */
  int earliest(Layout layout, int from, int to) {
    prepare(layout);
    return search(from, to);
  }

  /**
   * The free offset that is least modulo the common divisor of all periods. Long intervals so pile
   * up on the same residues, and short intervals, which need a residue for themselves, find the
   * others free.
   */
  int leastResidue(Layout layout, int from, int to) {
    prepare(layout);
    int common = occupancy.periods.common();
    int best = NONE;
    int leastResidue = common;
    for (int base = from - from % common; base <= to; base += common) {
      int found = search(Math.max(from, base), Math.min(to, base + leastResidue - 1));
      if (found != NONE) {
        best = found;
        leastResidue = found - base;
        if (leastResidue == 0) {
          break;
        }
      }
    }
    return best;
  }

  int obstacle() {
    return obstacle;
  }

  private void prepare(Layout layout) {
    hops = layout.hops();
    period = layout.demand.period;
    step = layout.step;
    obstacle = 0;
    if (hops > views.length) {
      views = new BusySet[hops * 2];
      relative = new int[hops * 2];
      lengths = new int[hops * 2];
    }
    for (int hop = 0; hop < hops; hop++) {
      views[hop] = occupancy.calendar(layout.links[hop]).view(layout.demand.periodNumber);
      relative[hop] = Math.floorMod(layout.shifts[hop] - layout.leads[hop], period);
      lengths[hop] = layout.leads[hop] + layout.lengths[hop];
    }
  }

  private int search(int from, int to) {
    int offset = step == 1 ? from : Math.ceilDiv(from, step) * step;
    int hop = obstacle;
    for (int free = 0; free < hops; ) {
      if (offset > to) {
        return NONE;
      }
      int time = offset + relative[hop];
      if (time >= period) {
        time %= period;
      }
      int delay = views[hop].delay(time, lengths[hop]);
      if (delay == 0) {
        free++;
        hop = hop + 1 == hops ? 0 : hop + 1;
      } else {
        obstacle = hop;
        free = 0;
        offset += delay;
        if (step != 1) {
          offset = Math.ceilDiv(offset, step) * step;
        }
      }
    }
    return offset > to ? NONE : offset;
  }
}
