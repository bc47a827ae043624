package dev.perch.tsn.plan.gate;

import dev.perch.tsn.plan.model.GateList;

/** What became of the transmissions of a port. */
public sealed interface Compiled permits Compiled.Listed, Uncompilable {
  /**
   * A list that the device can hold.
   *
   * @param windows how many frames it sends in a cycle: without merging each had a window
   */
  record Listed(GateList list, int windows) implements Compiled {}
}
