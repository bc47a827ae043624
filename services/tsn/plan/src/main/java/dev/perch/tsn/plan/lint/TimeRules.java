package dev.perch.tsn.plan.lint;

import static dev.perch.tsn.plan.lint.Remark.BASE_TIME_LITERAL;
import static dev.perch.tsn.plan.lint.Remark.BASE_TIME_PAST;
import static dev.perch.tsn.plan.lint.Remark.BASE_TIME_PHASE;
import static dev.perch.tsn.plan.lint.Remark.CYCLE_MISMATCH;

import java.util.function.Consumer;

/** The base time, and the cycle beside that of the application. */
final class TimeRules implements Rule {
  private static final String COMPUTE =
      "Compute it when the command runs: the next multiple of the cycle after CLOCK_TAI plus the"
          + " lead the last port needs.";

  @Override
  public void look(PortSchedule port, Surroundings surroundings, Consumer<Finding> found) {
    if (port.baseTime() instanceof BaseTime.Literal(long base)) {
      lookAtLiteral(port, base, surroundings, found);
    }
    Long application = surroundings.applicationCycle();
    long cycle = port.effectiveCycle();
    if (application != null && cycle > 0) {
      lookAtApplication(port, cycle, application, found);
    }
  }

  private static void lookAtLiteral(
      PortSchedule port, long base, Surroundings around, Consumer<Finding> found) {
    if (base == 0) {
      found.accept(
          Finding.note(
              BASE_TIME_LITERAL,
              port.place(),
              "base time 0 keeps the phase to the epoch, but each port changes over as soon as it"
                  + " gets the command",
              COMPUTE));
      return;
    }
    found.accept(
        Finding.warning(
            BASE_TIME_LITERAL,
            port.place(),
            "the base time is a literal, " + base + ": right once at most",
            COMPUTE));
    if (base < around.now()) {
      found.accept(
          Finding.warning(
              BASE_TIME_PAST,
              port.place(),
              "the base time is "
                  + (around.now() - base) / 1_000_000_000
                  + " s in the past: the schedule starts at once, on each port at another time,"
                  + " and a bridge counts a ConfigChangeError if gates are running",
              COMPUTE));
    }
    long cycle = port.effectiveCycle();
    if (cycle > 0 && base % cycle != 0) {
      found.accept(
          Finding.warning(
              BASE_TIME_PHASE,
              port.place(),
              "the base time is " + base % cycle + " ns off a multiple of the cycle " + cycle,
              "Take a multiple of the cycle, and put the phase into the entries: then a change on"
                  + " one port needs none on another."));
    }
  }

  private static void lookAtApplication(
      PortSchedule port, long cycle, long application, Consumer<Finding> found) {
    if (cycle % application != 0 && application % cycle != 0) {
      found.accept(
          Finding.error(
              CYCLE_MISMATCH,
              port.place(),
              "the gates repeat every "
                  + cycle
                  + " ns, the application every "
                  + application
                  + " ns: its frames drift through the windows",
              "Make one a multiple of the other."));
    } else if (cycle > application) {
      int most = mostWindows(port);
      if (most < cycle / application) {
        found.accept(
            Finding.error(
                CYCLE_MISMATCH,
                port.place(),
                "the application sends "
                    + cycle / application
                    + " times in a cycle of "
                    + cycle
                    + " ns, but no class has more than "
                    + most
                    + " window(s)",
                "Open a window for each of its frames, or shorten the cycle."));
      }
    }
  }

  private static int mostWindows(PortSchedule port) {
    Windows windows = new Windows(port);
    int usable = port.usable();
    int most = 0;
    for (int trafficClass = 0; trafficClass < 16; trafficClass++) {
      if ((usable >> trafficClass & 1) == 1) {
        var open = windows.of(trafficClass, usable);
        // A gate that never closes is open for all of them.
        boolean always = open.size() == 1 && open.getFirst().length() == port.effectiveCycle();
        most =
            Math.max(most, always && !open.getFirst().shared() ? Integer.MAX_VALUE : open.size());
      }
    }
    return most;
  }
}
