package dev.perch.tsn.plan.check;

import java.util.Arrays;

/** The frames that are under way, and the queues they wait in: linked lists in arrays. */
final class Frames {
  private static final int NONE = -1;

  int[] step = new int[1024];
  long[] repetition = new long[1024];

  /** When the talker started it, TAI. */
  long[] origin = new long[1024];

  /** When it came into the queue it is in. */
  long[] arrival = new long[1024];

  private int[] next = new int[1024];
  private final int[] head;
  private int free = NONE;
  private int used;

  Frames(int ports) {
    head = new int[ports * 8];
    Arrays.fill(head, NONE);
  }

  int make(int step, long repetition, long origin) {
    int frame = free;
    if (frame == NONE) {
      frame = used++;
      if (frame == next.length) {
        grow();
      }
    } else {
      free = next[frame];
    }
    this.step[frame] = step;
    this.repetition[frame] = repetition;
    this.origin[frame] = origin;
    return frame;
  }

  void forget(int frame) {
    next[frame] = free;
    free = frame;
  }

  /** The frame that leaves a queue first; -1 if it is empty. */
  int head(int port, int queue) {
    return head[port * 8 + queue];
  }

  /**
   * Puts a frame at the end of a queue; of those that arrive at the very same moment, which have no
   * order of their own, the one that is due first goes first.
   */
  void put(int port, int queue, int frame, long now, long[] planned, long[] interval) {
    arrival[frame] = now;
    int list = port * 8 + queue;
    int before = NONE;
    int after = head[list];
    while (after != NONE
        && (arrival[after] < now
            || due(after, planned, interval) <= due(frame, planned, interval))) {
      before = after;
      after = next[after];
    }
    next[frame] = after;
    if (before == NONE) {
      head[list] = frame;
    } else {
      next[before] = frame;
    }
  }

  /** Takes the first frame out of a queue. */
  void take(int port, int queue) {
    int list = port * 8 + queue;
    head[list] = next[head[list]];
  }

  private long due(int frame, long[] planned, long[] interval) {
    return planned[step[frame]] + repetition[frame] * interval[step[frame]];
  }

  private void grow() {
    int room = next.length * 2;
    step = Arrays.copyOf(step, room);
    repetition = Arrays.copyOf(repetition, room);
    origin = Arrays.copyOf(origin, room);
    arrival = Arrays.copyOf(arrival, room);
    next = Arrays.copyOf(next, room);
  }
}
