package dev.perch.tsn.plan.check;

import java.util.Arrays;

/**
 * One run of the simulated network: talkers launch frames at the times of their clocks, bridges put
 * them into queues when they are there, gates and the other traffic decide when they leave. At the
 * begin what is under way is where the plan has it; a hyperperiod is measured, and what its last
 * frames meet comes after it.
 */
final class Run {
  private static final int QUEUES = 8;

  private final Routes routes;
  private final GateClock[] gates;

  /** How far the clock of each port is ahead of TAI. */
  private final long[] ahead;

  private final long hyperperiod;
  private final boolean others;
  private final Agenda agenda = new Agenda();
  private final Frames frames;

  /** Until when, in its own time, a port is busy. */
  private final long[] free;

  /** When, TAI, a port looks again. */
  private final long[] wake;

  /** Of each step: the deviation that is furthest from 0, own time. */
  final long[] strayed;

  /** Of each step, at listeners: least and most latency, TAI. */
  final long[] least;

  final long[] most;

  /** Of each step: how many frames of the measured hyperperiod went over the link. */
  final long[] sent;

  /**
   * @param others whether other traffic does its worst, or there is none
   */
  Run(Routes routes, GateClock[] gates, long[] ahead, long hyperperiod, boolean others) {
    this.routes = routes;
    this.gates = gates;
    this.ahead = ahead;
    this.hyperperiod = hyperperiod;
    this.others = others;
    frames = new Frames(gates.length);
    free = new long[gates.length];
    Arrays.fill(free, Long.MIN_VALUE / 2);
    wake = new long[gates.length];
    Arrays.fill(wake, Long.MAX_VALUE);
    strayed = new long[routes.size];
    least = new long[routes.size];
    Arrays.fill(least, Long.MAX_VALUE);
    most = new long[routes.size];
    Arrays.fill(most, Long.MIN_VALUE);
    sent = new long[routes.size];
  }

  /** How many frames of a step are measured. */
  long measured(int step) {
    return hyperperiod / routes.interval[step];
  }

  void go() {
    for (int step = 0; step < routes.size; step++) {
      long before = repetition(step) - 1;
      long due = routes.planned[step] + before * routes.interval[step];
      int port = routes.port[step];
      free[port] = Math.max(free[port], due + routes.onWire[step]);
      if (routes.root[step]) {
        launch(step, before + 1);
      } else {
        underWay(step);
      }
    }
    // Ports are told by their complement; frames come before ports at the same moment.
    long end = end();
    while (!agenda.isEmpty() && agenda.firstTime() >> 1 < end) {
      long time = agenda.firstTime() >> 1;
      int item = agenda.poll();
      if (item >= 0) {
        arrive(item, time);
      } else if (wake[~item] == time) {
        wake[~item] = Long.MAX_VALUE;
        decide(~item, time);
      }
    }
  }

  /** The first repetition whose start is planned for 0 or later. */
  private long repetition(int step) {
    return Math.ceilDiv(-routes.planned[step], routes.interval[step]);
  }

  /** Frames that have left the node before, but not this one. */
  private void underWay(int step) {
    int parent = routes.parent[step];
    if (parent < 0) {
      return;
    }
    for (long k = repetition(step); k < repetition(parent); k++) {
      long sent = routes.planned[parent] + k * routes.interval[step] - ahead[routes.port[parent]];
      agenda.add(sent + routes.delay[step] << 1, frames.make(step, k, sent));
    }
  }

  /** A frame that is not gone by then is one that other traffic keeps from going for ever. */
  private long end() {
    long cycle = 0;
    for (int step = 0; step < routes.size; step++) {
      cycle = Math.max(cycle, gates[routes.port[step]].cycle());
    }
    return hyperperiod + 2 * routes.longest + 2 * cycle;
  }

  private void launch(int step, long repetition) {
    long own = routes.planned[step] + repetition * routes.interval[step];
    // Frames that are launched after the hyperperiod are company for the last measured ones.
    if (own < hyperperiod + routes.longest) {
      long now = own - ahead[routes.port[step]];
      agenda.add(now << 1, frames.make(step, repetition, now));
    }
  }

  private void arrive(int frame, long now) {
    int step = frames.step[frame];
    if (routes.root[step]) {
      launch(step, frames.repetition[frame] + 1);
    }
    int port = routes.port[step];
    frames.put(port, routes.queue[step], frame, now, routes.planned, routes.interval);
    wake(port, Math.max(now, Math.max(0, free[port]) - ahead[port]));
  }

  private void wake(int port, long time) {
    if (time < wake[port]) {
      wake[port] = time;
      agenda.add(time << 1 | 1, ~port);
    }
  }

  /** Strict priority among the queues whose gate is open long enough (8.6.8). */
  private void decide(int port, long now) {
    long own = now + ahead[port];
    long next = GateClock.NEVER;
    for (int queue = QUEUES - 1; queue >= 0; queue--) {
      int frame = frames.head(port, queue);
      if (frame < 0) {
        continue;
      }
      long opens = gates[port].opens(queue, own, routes.onWire[frames.step[frame]]);
      if (opens > own) {
        next = Math.min(next, opens);
        continue;
      }
      long after = others ? gates[port].interference(free[port], own) : own;
      if (after > own) {
        free[port] = after;
        wake(port, after - ahead[port]);
        return;
      }
      frames.take(port, queue);
      send(port, frame, own);
      return;
    }
    if (next != GateClock.NEVER) {
      wake(port, next - ahead[port]);
    }
  }

  private void send(int port, int frame, long own) {
    int step = frames.step[frame];
    long repetition = frames.repetition[frame];
    long now = own - ahead[port];
    long origin = routes.root[step] ? now : frames.origin[frame];
    measure(step, repetition, own, now, origin);
    for (int child = routes.firstChild[step]; child >= 0; child = routes.nextChild[child]) {
      agenda.add(now + routes.delay[child] << 1, frames.make(child, repetition, origin));
    }
    frames.forget(frame);
    free[port] = own + routes.onWire[step];
    for (int queue = 0; queue < QUEUES; queue++) {
      if (frames.head(port, queue) >= 0) {
        wake(port, free[port] - ahead[port]);
        return;
      }
    }
  }

  private void measure(int step, long repetition, long own, long now, long origin) {
    // Repetitions from 0 on, a hyperperiod of them.
    if (repetition < 0 || repetition >= measured(step)) {
      return;
    }
    long due = routes.planned[step] + repetition * routes.interval[step];
    if (Math.abs(own - due) > Math.abs(strayed[step])) {
      strayed[step] = own - due;
    }
    sent[step]++;
    if (routes.reception[step] > 0) {
      long latency = now + routes.reception[step] - origin;
      least[step] = Math.min(least[step], latency);
      most[step] = Math.max(most[step], latency);
    }
  }
}
