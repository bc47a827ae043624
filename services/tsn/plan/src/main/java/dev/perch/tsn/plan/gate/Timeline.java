package dev.perch.tsn.plan.gate;

import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateEntry.Operation;
import dev.perch.tsn.plan.model.Port;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects when gates open and close in a cycle, in any order, and writes it down as entries. */
final class Timeline {
  private final int cycle;
  private final int tick;
  private final Port port;
  private final int others;

  /** Time, then the gate, then whether it closes: sorting puts them in order. */
  private long[] changes = new long[32];

  private int size;

  /** How many times each gate is held open, and at last how many times others are shut out. */
  private final int[] held = new int[9];

  private static final int OTHERS = 8;
  private static final int NEIGHBOURS = 4;

  Timeline(int cycle, int tick, Port port) {
    this.cycle = cycle;
    this.tick = tick;
    this.port = port;
    this.others = (1 << port.lowestTimeTriggered()) - 1;
  }

  /** Other traffic never passes. */
  void alwaysTimeTriggered() {
    held[OTHERS]++;
  }

  /** Other traffic does not pass from {@code begin} to {@code end}. */
  void close(int begin, int end) {
    hold(OTHERS, begin, end);
  }

  /** A time-triggered gate is open from {@code begin} to {@code end}. */
  void open(int queue, int begin, int end) {
    hold(queue, begin, end);
  }

  private void hold(int gate, int begin, int end) {
    int from = Math.floorDiv(begin, tick) * tick;
    int to = Math.ceilDiv(end, tick) * tick;
    if (to - from >= cycle) {
      held[gate]++;
      return;
    }
    from = Math.floorMod(from, cycle);
    to = Math.floorMod(to, cycle);
    if (to < from) {
      // Held over the end of the cycle.
      held[gate]++;
    }
    add(from, gate << 1 | 1);
    add(to, gate << 1);
  }

  private void add(int time, int change) {
    if (size == changes.length) {
      changes = Arrays.copyOf(changes, size * 2);
    }
    changes[size++] = (long) time << 5 | change;
  }

  /** The entries of one cycle from time 0; longer ones than {@code longest} are divided. */
  List<GateEntry> entries(long longest) {
    Arrays.sort(changes, 0, size);
    List<GateEntry> entries = new ArrayList<>();
    int open = open();
    int since = 0;
    for (int i = 0; i < size; ) {
      int time = (int) (changes[i] >> 5);
      for (; i < size && (int) (changes[i] >> 5) == time; i++) {
        held[(int) (changes[i] >> 1 & 15)] += (changes[i] & 1) == 1 ? 1 : -1;
      }
      int after = open();
      if (after != open && time > since) {
        add(entries, open, time - since, longest);
        since = time;
      }
      open = after;
    }
    add(entries, open, cycle - since, longest);
    return entries;
  }

  /** The gates that are open now; bit 8 stands for other traffic. */
  private int open() {
    int open = held[OTHERS] == 0 ? 1 << OTHERS : 0;
    for (int queue = 0; queue < OTHERS; queue++) {
      open |= held[queue] > 0 ? 1 << queue : 0;
    }
    return open;
  }

  private void add(List<GateEntry> entries, int open, long length, long longest) {
    boolean free = open >> OTHERS == 1;
    int gates = open & 0xff | (free ? others : 0);
    Operation operation =
        !port.preemption()
            ? Operation.SET_GATE_STATES
            : free ? Operation.SET_AND_RELEASE_MAC : Operation.SET_AND_HOLD_MAC;
    long pieces = Math.ceilDiv(length, longest);
    long rest = length;
    for (long piece = pieces; piece > 0; piece--) {
      long part = piece == 1 ? rest : rest / piece / tick * tick;
      add(entries, operation, gates, part);
      rest -= part;
    }
  }

  /** Guard bands are all the same, and there are many: one object serves for neighbours. */
  static void add(List<GateEntry> entries, Operation operation, int gates, long interval) {
    for (int i = entries.size() - 1; i >= Math.max(0, entries.size() - NEIGHBOURS); i--) {
      GateEntry near = entries.get(i);
      if (near.interval() == interval && near.gates() == gates && near.operation() == operation) {
        entries.add(near);
        return;
      }
    }
    entries.add(new GateEntry(operation, gates, interval));
  }
}
