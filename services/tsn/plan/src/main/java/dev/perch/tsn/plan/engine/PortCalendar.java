package dev.perch.tsn.plan.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The reservations of one port, and for each period that is asked for the {@link BusySet} that a
 * stream of that period meets. A busy set is built when it is first asked for, grows with each
 * reservation and is thrown away when one goes.
 */
final class PortCalendar {
  private static final int COLUMNS = 6;
  private static final int OWNER = 0;
  private static final int PERIOD = 1;
  private static final int START = 2;
  private static final int LENGTH = 3;
  private static final int LEAD = 4;
  private static final int QUEUE = 5;

  private static final long FOREVER = 1_000_000_000_000L;

  private final Periods periods;
  private final int shortest;
  private int[] rows = new int[0];
  private int count;
  private @Nullable BusySet[] views = new BusySet[0];

  /** 0 if it has to be computed anew. */
  private long cycle = 1;

  PortCalendar(Periods periods, int shortest) {
    this.periods = periods;
    this.shortest = shortest;
  }

  /** What a stream of the period with this number meets. */
  BusySet view(int period) {
    if (period < views.length) {
      BusySet view = views[period];
      if (view != null) {
        return view;
      }
    } else {
      views = Arrays.copyOf(views, periods.count());
    }
    BusySet built = new BusySet(periods.period(period), shortest);
    for (int i = 0; i < count; i++) {
      put(built, period, i * COLUMNS);
    }
    views[period] = built;
    return built;
  }

  void add(int owner, int period, int start, int length, int lead, int queue) {
    int at = count * COLUMNS;
    if (at == rows.length) {
      rows = Arrays.copyOf(rows, Math.max(4 * COLUMNS, at + (count + 3 >> 2) * COLUMNS));
    }
    rows[at + OWNER] = owner;
    rows[at + PERIOD] = period;
    rows[at + START] = start;
    rows[at + LENGTH] = length;
    rows[at + LEAD] = lead;
    rows[at + QUEUE] = queue;
    count++;
    cycle = cycle == 0 ? 0 : lcm(cycle, periods.period(period));
    for (int i = 0; i < views.length; i++) {
      BusySet view = views[i];
      if (view != null) {
        put(view, i, at);
      }
    }
  }

  /** Gives back everything that an owner has reserved. */
  void remove(int owner) {
    for (int i = count - 1; i >= 0; i--) {
      if (rows[i * COLUMNS + OWNER] == owner) {
        count--;
        System.arraycopy(rows, count * COLUMNS, rows, i * COLUMNS, COLUMNS);
        Arrays.fill(views, null);
        cycle = 0;
      }
    }
  }

  /**
   * Adds to {@code found} who has reserved any of {@code length} ns from {@code start}, in any
   * interval of a stream of this period.
   */
  void collect(int period, int start, int length, IntSet found) {
    for (int at = 0; at < count * COLUMNS; at += COLUMNS) {
      int divisor = periods.divisor(period, rows[at + PERIOD]);
      int distance = Math.floorMod(start - rows[at + START], divisor);
      if (distance < rows[at + LENGTH] || divisor - distance < length) {
        found.add(rows[at + OWNER]);
      }
    }
  }

  /** The least common multiple of all intervals here; capped at {@link #FOREVER}. */
  long cycle() {
    if (cycle == 0) {
      cycle = 1;
      for (int at = 0; at < count * COLUMNS; at += COLUMNS) {
        cycle = lcm(cycle, periods.period(rows[at + PERIOD]));
      }
    }
    return cycle;
  }

  private static long lcm(long cycle, int period) {
    if (cycle % period == 0) {
      return cycle;
    }
    long divisor = Periods.gcd((int) (cycle % period), period);
    return Math.min(FOREVER, cycle / divisor * period);
  }

  /**
   * Who has reserved so much that a reservation of this length never fits beside it: together they
   * are longer than the greatest common divisor of both periods.
   */
  int[] tooLongBeside(int period, int length) {
    IntSet found = new IntSet();
    for (int at = 0; at < count * COLUMNS; at += COLUMNS) {
      if (rows[at + LENGTH] + length > periods.divisor(period, rows[at + PERIOD])) {
        found.add(rows[at + OWNER]);
      }
    }
    return found.toArray();
  }

  /** Who has reserved something; twice, if it is two things. */
  int[] owners() {
    int[] owners = new int[count];
    Arrays.setAll(owners, i -> rows[i * COLUMNS + OWNER]);
    return owners;
  }

  /** Who is told of reservations. */
  interface Visitor {
    void visit(int owner, int period, int start, int length);
  }

  /** Tells of all reservations: owner, interval, start in it, length, ns. */
  void forEach(Visitor visitor) {
    for (int at = 0; at < count * COLUMNS; at += COLUMNS) {
      int period = periods.period(rows[at + PERIOD]);
      visitor.visit(rows[at + OWNER], period, rows[at + START], rows[at + LENGTH]);
    }
  }

  /** Adds to {@code ends} when each reservation ends, modulo its own period. */
  void ends(IntSet ends) {
    for (int at = 0; at < count * COLUMNS; at += COLUMNS) {
      ends.append((rows[at + START] + rows[at + LENGTH]) % periods.period(rows[at + PERIOD]));
    }
  }

  /**
   * Whether a frame that comes into a queue at {@code from} and is gone {@code length} ns later is
   * never there together with another one. Then the queue is in order whoever else comes, or, when
   * a frame is lost or the talkers have only begun, does not come: nobody can take the window of a
   * frame that is not there.
   */
  boolean isAlone(int queue, int period, int from, int length) {
    for (int at = 0; at < count * COLUMNS; at += COLUMNS) {
      if (rows[at + QUEUE] == queue) {
        int divisor = periods.divisor(period, rows[at + PERIOD]);
        int ahead = Math.floorMod(rows[at + START] - rows[at + LEAD] - from, divisor);
        if (ahead < length || divisor - ahead < rows[at + LEAD] + rows[at + LENGTH]) {
          return false;
        }
      }
    }
    return true;
  }

  private void put(BusySet view, int period, int at) {
    view.add(rows[at + START], rows[at + LENGTH], periods.divisor(period, rows[at + PERIOD]));
  }
}
