package dev.perch.tsn.plan.lint;

/**
 * A gate control entry (802.1Q Table 8-7): which classes may send, and for how long.
 *
 * @param gates bit n: the gate of traffic class n is open
 * @param interval ns
 */
record GateEntry(Place place, Operation operation, int gates, long interval) {
  enum Operation {
    SET,
    SET_AND_HOLD,
    SET_AND_RELEASE
  }

  boolean opens(int trafficClass) {
    return (gates >> trafficClass & 1) == 1;
  }
}
