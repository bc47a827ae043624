package dev.perch.tsn.plan.lint;

import java.util.List;
import java.util.function.Consumer;

/** What is wrong only beside another port. */
final class Neighbours {
  private Neighbours() {}

  static void look(List<PortSchedule> ports, Consumer<Finding> found) {
    for (int i = 1; i < ports.size(); i++) {
      PortSchedule first = ports.getFirst();
      PortSchedule port = ports.get(i);
      if (first.place().port().equals(port.place().port())) {
        continue;
      }
      if (first.clock() != null
          && port.clock() != null
          && LaunchRules.isTai(first.clock()) != LaunchRules.isTai(port.clock())) {
        found.accept(
            Finding.error(
                Remark.MIXED_CLOCKS,
                port.place(),
                port.clock() + " here, " + first.clock() + " on " + first.place().port(),
                "Use CLOCK_TAI on every port."));
      }
      long cycle = port.effectiveCycle();
      long other = first.effectiveCycle();
      if (cycle > 0 && other > 0 && cycle % other != 0 && other % cycle != 0) {
        found.accept(
            Finding.warning(
                Remark.CYCLE_MISMATCH,
                port.place(),
                "a cycle of "
                    + cycle
                    + " ns here, "
                    + other
                    + " ns on "
                    + first.place().port()
                    + ": their windows drift against each other",
                "Make one a multiple of the other."));
      } else if (port.baseTime() instanceof BaseTime.Literal(long here)
          && first.baseTime() instanceof BaseTime.Literal(long there)
          && cycle > 0
          && other > 0
          && (here - there) % Math.min(cycle, other) != 0) {
        found.accept(
            Finding.warning(
                Remark.BASE_TIME_PHASE,
                port.place(),
                "its base time is out of phase with "
                    + first.place().port()
                    + " by "
                    + Math.floorMod(here - there, Math.min(cycle, other))
                    + " ns",
                "Align both to multiples of the cycle; put the phase into the entries."));
      }
    }
  }
}
