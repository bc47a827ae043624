package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Port;

/** The sending ports of networks that only say how many queues there are. */
final class Ports {
  /** More bring little: queues are for frames that wait. */
  private static final int MOST_TIME_TRIGGERED = 4;

  /** Largest tagged frame, preamble, delimiter, gap. */
  private static final int LARGEST_FRAME = 1542;

  private Ports() {}

  static Port of(long queues, long rate) {
    int all = (int) Math.clamp(queues, 1, 8);
    int timeTriggered = Math.clamp(all - 1, 1, MOST_TIME_TRIGGERED);
    return new Port(all, timeTriggered, Link.duration(LARGEST_FRAME, rate), false);
  }
}
