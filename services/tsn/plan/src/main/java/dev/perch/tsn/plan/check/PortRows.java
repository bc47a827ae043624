package dev.perch.tsn.plan.check;

import java.util.Arrays;

/**
 * The transmissions of one port, a row for each frame of an interval, in arrays of numbers: a
 * network may have millions.
 */
final class PortRows {
  /** No link before: the port is the talker's. */
  static final int TALKER = -1;

  private int[] stream = new int[4];
  private int[] upstream = new int[4];
  private byte[] queue = new byte[4];
  private long[] start = new long[4];
  private long[] busy = new long[4];
  private int[] interval = new int[4];
  private long[] wait = new long[4];
  private long[] lag = new long[4];
  private long[] error = new long[4];
  private int size;

  /**
   * @param stream its number
   * @param upstream the number of the link the frame comes by, or {@link #TALKER}
   * @param queue of the port
   * @param start of transmission, ns after the start of an interval
   * @param busy how long the port is reserved, ns
   * @param interval ns, as long as a stream's may be: at most a second
   * @param wait how long before the start the frame is there, clocks being right, ns
   * @param lag how long before the start it starts on the link before, ns
   * @param error how much earlier or later it may be there, ns
   */
  void add(
      int stream,
      int upstream,
      int queue,
      long start,
      long busy,
      long interval,
      long wait,
      long lag,
      long error) {
    if (size == this.stream.length) {
      grow();
    }
    this.stream[size] = stream;
    this.upstream[size] = upstream;
    this.queue[size] = (byte) queue;
    this.start[size] = start;
    this.busy[size] = busy;
    this.interval[size] = Math.toIntExact(interval);
    this.wait[size] = wait;
    this.lag[size] = lag;
    this.error[size] = error;
    size++;
  }

  /** Takes a stream's rows out, and gives them back; the order of the others stays. */
  PortRows remove(int gone) {
    PortRows taken = new PortRows();
    int to = 0;
    for (int from = 0; from < size; from++) {
      if (stream[from] == gone) {
        taken.add(this, from);
      } else {
        move(from, to++);
      }
    }
    size = to;
    return taken;
  }

  /** Adds the rows of another table. */
  void addAll(PortRows others) {
    for (int row = 0; row < others.size; row++) {
      add(others, row);
    }
  }

  private void add(PortRows from, int row) {
    add(
        from.stream[row],
        from.upstream[row],
        from.queue[row],
        from.start[row],
        from.busy[row],
        from.interval[row],
        from.wait[row],
        from.lag[row],
        from.error[row]);
  }

  int size() {
    return size;
  }

  int stream(int row) {
    return stream[row];
  }

  int upstream(int row) {
    return upstream[row];
  }

  int queue(int row) {
    return queue[row];
  }

  long start(int row) {
    return start[row];
  }

  long busy(int row) {
    return busy[row];
  }

  long interval(int row) {
    return interval[row];
  }

  long wait(int row) {
    return wait[row];
  }

  long error(int row) {
    return error[row];
  }

  /**
   * Whether, of two frames of one queue, the second may be there before the first.
   *
   * @param gap from the start of the first to that of the second, ns; positive
   */
  boolean mayOvertake(int first, int second, long gap) {
    if (upstream[first] == TALKER || upstream[second] == TALKER) {
      // A talker starts each frame at its own time of launch.
      return false;
    }
    if (upstream[first] == upstream[second]) {
      return gap + lag[first] - lag[second] <= 0;
    }
    long ahead = gap + wait[first] - wait[second];
    long error = Math.addExact(this.error[first], this.error[second]);
    return error == 0 ? ahead < 0 : ahead <= error;
  }

  /** After how many ns all rows together repeat; {@code Long.MAX_VALUE} if that is too long. */
  long cycle() {
    long cycle = 1;
    for (int row = 0; row < size && cycle != Long.MAX_VALUE; row++) {
      cycle = Arithmetic.lcm(cycle, interval[row]);
    }
    return cycle;
  }

  private void move(int from, int to) {
    stream[to] = stream[from];
    upstream[to] = upstream[from];
    queue[to] = queue[from];
    start[to] = start[from];
    busy[to] = busy[from];
    interval[to] = interval[from];
    wait[to] = wait[from];
    lag[to] = lag[from];
    error[to] = error[from];
  }

  private void grow() {
    int room = size + (size >> 2) + 2;
    stream = Arrays.copyOf(stream, room);
    upstream = Arrays.copyOf(upstream, room);
    queue = Arrays.copyOf(queue, room);
    start = Arrays.copyOf(start, room);
    busy = Arrays.copyOf(busy, room);
    interval = Arrays.copyOf(interval, room);
    wait = Arrays.copyOf(wait, room);
    lag = Arrays.copyOf(lag, room);
    error = Arrays.copyOf(error, room);
  }
}
