package dev.perch.tsn.plan.model;

/**
 * A gate control entry (IEEE 802.1Q 8.6.8.4, table 8-7).
 *
 * @param operation what it does beside setting the gates
 * @param gates bit <i>q</i> is set while the gate of queue <i>q</i> is open
 * @param interval how long, ns
 */
public record GateEntry(Operation operation, int gates, long interval) {
  /** The operations of the standard. */
  public enum Operation {
    SET_GATE_STATES,
    /** As above, and preemptable frames are held (802.3br). */
    SET_AND_HOLD_MAC,
    /** As above, and preemptable frames are released. */
    SET_AND_RELEASE_MAC
  }

  public GateEntry {
    if (gates < 0 || gates > 0xff || interval < 1) {
      new Violations("gate entry")
          .require(gates >= 0 && gates <= 0xff, "gates", gates, "must be 0 to 255")
          .atLeast(1, "interval", interval)
          .raise();
    }
  }

  public boolean isOpen(int queue) {
    return (gates >> queue & 1) == 1;
  }
}
