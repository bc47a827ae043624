package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.Link;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Simulates one port alone: its frames come when the plan says, as early or late as the clocks
 * allow, and have to leave when the plan says. If that holds for each port that a change touches,
 * it holds for the network as it did before: what leaves on time arrives on time.
 */
final class PortRun {
  private static final int QUEUES = 8;
  private static final int ROW_BITS = 22;
  private static final long MOST = 1 << 21;

  private final Link link;
  private final PortRows rows;
  private final GateClock gates;
  private final long clockError;

  PortRun(Link link, PortRows rows, GateClock gates, long clockError) {
    this.link = link;
    this.rows = rows;
    this.gates = gates;
    this.clockError = clockError;
  }

  /** How early or late frames of a link come: a share of the possible error. */
  private interface Shift {
    int of(int upstream);
  }

  void look(IntFunction<String> names, Consumer<Flaw> flaws) {
    long[] strayed = new long[rows.size()];
    boolean[] lost = new boolean[rows.size()];
    for (Shift shift : shifts()) {
      run(shift, strayed, lost);
    }
    for (int row = 0; row < rows.size(); row++) {
      String stream = names.apply(rows.stream(row));
      if (lost[row]) {
        flaws.accept(new Flaw.Lost(stream, link.name(), 1));
      } else if (strayed[row] != 0) {
        flaws.accept(new Flaw.Strayed(stream, link.name(), rows.start(row), strayed[row]));
      }
    }
  }

  private List<Shift> shifts() {
    boolean exact = true;
    for (int row = 0; row < rows.size(); row++) {
      exact &= rows.error(row) == 0;
    }
    return exact
        ? List.of(upstream -> 0)
        : List.of(
            upstream -> 0,
            upstream -> 1,
            upstream -> -1,
            upstream -> upstream % 2 == 0 ? 1 : -1,
            upstream -> upstream % 2 == 0 ? -1 : 1);
  }

  private void run(Shift shift, long[] strayed, boolean[] lost) {
    long horizon = horizon();
    long margin = margin();
    long[] arrivals = arrivals(shift, horizon, margin);
    int[] row = new int[arrivals.length];
    for (int i = 0; i < arrivals.length; i++) {
      row[i] = (int) (arrivals[i] & (1 << ROW_BITS) - 1);
      arrivals[i] = (arrivals[i] >>> ROW_BITS) - margin;
    }
    long[] due = due(arrivals, row, shift);
    boolean interfered = true;
    // If other traffic came in nobody's way, all goes the same without it.
    for (boolean others = true; interfered; others = false) {
      Pass pass = new Pass(arrivals, row, due, strayed, others);
      interfered = pass.go(freeAtBegin(), horizon + margin + 2 * gates.cycle()) && others;
      pass.tellLost(horizon, lost);
    }
  }

  /** When the last frame that was due before 0 is over. */
  private long freeAtBegin() {
    long free = Long.MIN_VALUE / 2;
    for (int i = 0; i < rows.size(); i++) {
      long before = Math.floorMod(rows.start(i), rows.interval(i)) - rows.interval(i);
      free = Math.max(free, before + rows.busy(i) - 2 * clockError);
    }
    return free;
  }

  private long horizon() {
    long horizon = Arithmetic.lcm(rows.cycle(), gates.cycle());
    double each = 0;
    long longest = 1;
    for (int i = 0; i < rows.size(); i++) {
      each += 1.0 / rows.interval(i);
      longest = Math.max(longest, rows.interval(i));
    }
    long most = Math.min((long) (MOST / each), 1L << 38);
    return Math.min(horizon, Math.max(longest, most));
  }

  /** How long before the horizon frames can be of influence. */
  private long margin() {
    long margin = 0;
    for (int i = 0; i < rows.size(); i++) {
      margin = Math.max(margin, rows.wait(i) + rows.busy(i) + 2 * rows.error(i));
    }
    return margin + link.port().guardBand();
  }

  /**
   * Of each frame that is due at 0 or later: time after the margin, and row. What was due before
   * has left as planned.
   */
  private long[] arrivals(Shift shift, long horizon, long margin) {
    long[] keys = new long[64];
    int count = 0;
    for (int i = 0; i < rows.size(); i++) {
      long interval = rows.interval(i);
      long late = shift.of(rows.upstream(i)) * rows.error(i);
      long time = Math.floorMod(rows.start(i), interval) - rows.wait(i) + late;
      for (; time < horizon; time += interval) {
        if (count == keys.length) {
          keys = Arrays.copyOf(keys, count * 2);
        }
        keys[count++] = time + margin << ROW_BITS | i;
      }
    }
    long[] sorted = Arrays.copyOf(keys, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** When each should leave; frames that come at the very same moment are put in that order. */
  private long[] due(long[] arrivals, int[] row, Shift shift) {
    long[] due = new long[arrivals.length];
    for (int i = 0; i < due.length; i++) {
      due[i] =
          arrivals[i] + rows.wait(row[i]) - shift.of(rows.upstream(row[i])) * rows.error(row[i]);
      for (int j = i; j > 0 && arrivals[j] == arrivals[j - 1] && due[j] < due[j - 1]; j--) {
        long time = due[j];
        due[j] = due[j - 1];
        due[j - 1] = time;
        int other = row[j];
        row[j] = row[j - 1];
        row[j - 1] = other;
      }
    }
    return due;
  }

  /** Goes once over the arrivals. */
  private final class Pass {
    private final long[] arrivals;
    private final int[] row;
    private final long[] due;
    private final long[] strayed;
    private final boolean others;
    private final int[] next;
    private final int[] head = new int[QUEUES];

    Pass(long[] arrivals, int[] row, long[] due, long[] strayed, boolean others) {
      this.arrivals = arrivals;
      this.row = row;
      this.due = due;
      this.strayed = strayed;
      this.others = others;
      next = new int[arrivals.length];
      Arrays.fill(head, -1);
      for (int i = arrivals.length - 1; i >= 0; i--) {
        int queue = rows.queue(row[i]);
        next[i] = head[queue];
        head[queue] = i;
      }
    }

    /**
     * @param end a frame that is not gone by then never goes
     * @return whether other traffic kept the port when a frame could have gone
     */
    boolean go(long freeAtBegin, long end) {
      long free = freeAtBegin;
      boolean interfered = false;
      long now = arrivals.length == 0 ? end : Math.max(Math.max(0, free), arrivals[0]);
      while (now < end) {
        long later = GateClock.NEVER;
        int chosen = -1;
        for (int queue = QUEUES - 1; queue >= 0 && chosen < 0; queue--) {
          int first = head[queue];
          if (first < 0) {
            continue;
          }
          if (arrivals[first] > now) {
            later = Math.min(later, arrivals[first]);
            continue;
          }
          long opens = gates.opens(queue, now, onWire(row[first]));
          if (opens == now) {
            chosen = queue;
          } else {
            later = Math.min(later, opens);
          }
        }
        if (chosen < 0) {
          now = later;
          continue;
        }
        long after = others ? gates.interference(free, now) : now;
        if (after > now) {
          interfered = true;
          free = after;
          now = after;
          continue;
        }
        int sent = head[chosen];
        head[chosen] = next[sent];
        if (Math.abs(now - due[sent]) > Math.abs(strayed[row[sent]])) {
          strayed[row[sent]] = now - due[sent];
        }
        free = now + onWire(row[sent]);
        now = free;
      }
      return interfered;
    }

    /** Frames that were due before the horizon and wait still. */
    void tellLost(long horizon, boolean[] lost) {
      for (int first : head) {
        for (int i = first; i >= 0; i = next[i]) {
          lost[row[i]] |= due[i] < horizon;
        }
      }
    }

    private long onWire(int i) {
      return rows.busy(i) - 2 * clockError;
    }
  }
}
