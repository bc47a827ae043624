package dev.perch.tsn.plan.gate;

import java.util.Arrays;
import java.util.List;

/**
 * The frames of one port in a cycle, in the order they start; they do not overlap. Arrays of
 * numbers, because a list is compiled anew with each stream that comes to its port.
 *
 * <p>Frames have numbers from 0 to {@code 2 * size() - 1}: after a cycle come those of the next.
 */
final class Windows {
  private final int cycle;
  private final int[] begin;
  private final int[] end;
  private final int[] lead;
  private final byte[] queue;

  /**
   * @param count how many frames they are in a cycle
   */
  Windows(List<Transmission> transmissions, int cycle, int count) {
    this.cycle = cycle;
    long[] keys = new long[count];
    int made = 0;
    for (int number = 0; number < transmissions.size(); number++) {
      Transmission one = transmissions.get(number);
      for (int frame = 0; frame < one.frames(); frame++) {
        int first = one.start() + frame * one.spacing();
        for (int at = first % one.interval(); at < cycle; at += one.interval()) {
          keys[made++] = (long) at << 32 | number;
        }
      }
    }
    Arrays.sort(keys);
    begin = new int[count];
    end = new int[count];
    lead = new int[count];
    queue = new byte[count];
    for (int i = 0; i < count; i++) {
      Transmission one = transmissions.get((int) keys[i]);
      begin[i] = (int) (keys[i] >> 32);
      end[i] = begin[i] + one.wireTime();
      lead[i] = one.lead() + frame(one, begin[i]) * one.patience();
      queue[i] = (byte) one.queue();
    }
  }

  /** Which frame of its burst starts at a time of the cycle. */
  private static int frame(Transmission one, int begin) {
    if (one.frames() == 1) {
      return 0;
    }
    return Math.floorMod(begin - one.start(), one.interval()) / one.spacing();
  }

  int size() {
    return begin.length;
  }

  /** Start of transmission. */
  int begin(int frame) {
    return frame < begin.length ? begin[frame] : begin[frame - begin.length] + cycle;
  }

  /** When the link is free again; may lie behind the end of the cycle. */
  int end(int frame) {
    return frame < end.length ? end[frame] : end[frame - end.length] + cycle;
  }

  /** How long before its start a frame may be in the queue. */
  int lead(int frame) {
    return lead[frame < lead.length ? frame : frame - lead.length];
  }

  /** The queue of the port. */
  int queue(int frame) {
    return queue[frame < queue.length ? frame : frame - queue.length];
  }
}
