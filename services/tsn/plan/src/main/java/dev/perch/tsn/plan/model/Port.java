package dev.perch.tsn.plan.model;

/**
 * How the sending end of a link transmits.
 *
 * @param queues traffic classes of the port, 1 to 8
 * @param timeTriggered how many of them carry time-triggered streams: the highest ones, so queues
 *     {@code queues - timeTriggered} to {@code queues - 1}
 * @param guardBand how long before a time-triggered window the other gates close, ns: as long as
 *     other traffic may need to finish
 * @param preemption true if other traffic is preemptable (IEEE 802.3br), so that the guard band
 *     need only cover the last fragment, and entries hold and release it
 */
public record Port(int queues, int timeTriggered, long guardBand, boolean preemption) {
  /** Largest tagged frame, preamble, delimiter, gap. */
  private static final int LARGEST_FRAME = 1522 + 20;

  /** Longest piece that preemption cannot cut: 123 B, preamble, delimiter, gap (802.3 99.4.7.2). */
  private static final int LARGEST_FRAGMENT = 123 + 20;

  public Port {
    new Violations("port")
        .require(queues >= 1 && queues <= 8, "queues", queues, "must be 1 to 8")
        .require(
            timeTriggered >= 1 && timeTriggered <= queues,
            "timeTriggered",
            timeTriggered,
            "must be 1 to the number of queues, " + queues)
        .atLeast(0, "guardBand", guardBand)
        .raise();
  }

  /** Eight queues, so many of them time-triggered, a guard band for the largest frame. */
  public static Port of(long rate, int timeTriggered) {
    return new Port(8, timeTriggered, Link.duration(LARGEST_FRAME, rate), false);
  }

  /** As {@link #of}, with other traffic preemptable. */
  public static Port preempting(long rate, int timeTriggered) {
    return new Port(8, timeTriggered, Link.duration(LARGEST_FRAGMENT, rate), true);
  }

  /** The lowest time-triggered queue. */
  public int lowestTimeTriggered() {
    return queues - timeTriggered;
  }

  /** True for a time-triggered queue of this port. */
  public boolean isTimeTriggered(int queue) {
    return queue >= lowestTimeTriggered() && queue < queues;
  }
}
