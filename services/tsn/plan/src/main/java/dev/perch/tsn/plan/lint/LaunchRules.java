package dev.perch.tsn.plan.lint;

import static dev.perch.tsn.plan.lint.Remark.ASSIST_WITHOUT_LAUNCH;
import static dev.perch.tsn.plan.lint.Remark.CLOCK_MISSING;
import static dev.perch.tsn.plan.lint.Remark.MIXED_CLOCKS;
import static dev.perch.tsn.plan.lint.Remark.SOFTWARE_GATES_HARDWARE_LAUNCH;
import static dev.perch.tsn.plan.lint.Remark.TXTIME_BEYOND_CYCLE;
import static dev.perch.tsn.plan.lint.Remark.TXTIME_DELAY_BELOW_DELTA;

import dev.perch.tsn.plan.lint.PortSchedule.Form;
import dev.perch.tsn.plan.lint.PortSchedule.Gating;
import java.util.function.Consumer;

/** Launch times beside gates: whose clock, how early, who waits. */
final class LaunchRules implements Rule {
  @Override
  public void look(PortSchedule port, Surroundings surroundings, Consumer<Finding> found) {
    long cycle = port.effectiveCycle();
    if (cycle > 0 && port.txtimeDelay() > cycle) {
      found.accept(beyondCycle(port.place(), "txtime-delay", port.txtimeDelay(), cycle));
    }
    for (LaunchTime launch : port.launchTimes()) {
      if (cycle > 0 && launch.delta() > cycle) {
        found.accept(beyondCycle(launch.place(), "delta", launch.delta(), cycle));
      }
      if (port.gating() == Gating.TXTIME_ASSIST && port.txtimeDelay() < launch.delta()) {
        found.accept(
            Finding.error(
                TXTIME_DELAY_BELOW_DELTA,
                launch.place(),
                "txtime-delay "
                    + port.txtimeDelay()
                    + " ns is shorter than etf's delta "
                    + launch.delta()
                    + " ns: frames come too late to wait and are dropped",
                "Make txtime-delay longer than delta."));
      }
      if (port.gating() == Gating.SOFTWARE && launch.offload()) {
        found.accept(
            Finding.error(
                SOFTWARE_GATES_HARDWARE_LAUNCH,
                launch.place(),
                "the kernel works the gates, the card the launch time: a frame leaves at its time"
                    + " whatever the gate, and one the gate holds back misses its time",
                "Let the card do both (taprio flags 0x2), or let taprio give the launch times"
                    + " (flags 0x1), or leave offload out of etf."));
      }
      lookAtClock(port, launch, found);
    }
    if (port.gating() == Gating.TXTIME_ASSIST
        && port.form() == Form.TC_COMMAND
        && port.launchTimes().isEmpty()) {
      found.accept(
          Finding.error(
              ASSIST_WITHOUT_LAUNCH,
              port.place(),
              "flags 0x1 gives frames a launch time, but no etf qdisc waits for it",
              "Put an etf qdisc under each class: tc qdisc replace … parent 100:1 etf clockid"
                  + " CLOCK_TAI delta …"));
    }
    lookAtClock(port, found);
  }

  private static void lookAtClock(PortSchedule port, Consumer<Finding> found) {
    String clock = port.clock();
    boolean kernels = port.gating() == Gating.SOFTWARE || port.gating() == Gating.TXTIME_ASSIST;
    if (clock == null && kernels && port.classes() != null) {
      found.accept(
          Finding.error(
              CLOCK_MISSING,
              port.place(),
              "no clockid; the kernel refuses it: Specifying a 'clockid' is mandatory.",
              "Add clockid CLOCK_TAI."));
    }
    if (clock != null && !isTai(clock)) {
      found.accept(
          Finding.warning(
              MIXED_CLOCKS,
              port.place(),
              "the gates follow " + clock + "; gPTP and the other ports follow TAI",
              "Use clockid CLOCK_TAI."));
    }
    if (clock != null && port.gating() == Gating.OFFLOAD && port.form() == Form.TC_COMMAND) {
      found.accept(
          Finding.error(
              MIXED_CLOCKS,
              port.place(),
              "clockid " + clock + " together with full offload, which follows the card's clock",
              "Leave clockid out; keep the card's clock in step with gPTP (ptp4l)."));
    }
    if (port.baseTime() instanceof BaseTime.Computed(String expression)) {
      lookAtExpression(port.place(), expression, found);
    }
  }

  private static void lookAtExpression(Place place, String expression, Consumer<Finding> found) {
    if (!expression.contains("date")) {
      return;
    }
    boolean adds37 = expression.matches("(?s).*\\b37(0{3}|0{6}|0{9}|e9)?\\b.*");
    found.accept(
        Finding.warning(
            MIXED_CLOCKS,
            place,
            adds37
                ? "the base time is UTC plus 37 s; on a host whose TAI offset was never set,"
                    + " CLOCK_TAI is UTC and the schedule starts 37 s late"
                : "the base time comes from date, which is UTC, not CLOCK_TAI",
            "Read CLOCK_TAI on the host (clock_gettime), never add 37 s."));
  }

  private static void lookAtClock(PortSchedule port, LaunchTime launch, Consumer<Finding> found) {
    String clock = launch.clock();
    String gates = port.clock();
    if (clock == null) {
      return;
    }
    boolean differs = gates != null && isTai(gates) != isTai(clock);
    if (differs || !isTai(clock)) {
      found.accept(
          Finding.error(
              MIXED_CLOCKS,
              launch.place(),
              "launch times are in " + clock + ", the gates in " + (gates == null ? "TAI" : gates),
              "Use CLOCK_TAI for both."));
    }
  }

  /** As tc-commands ({@code CLOCK_TAI}, 11) and dumps ({@code TAI}) write it. */
  static boolean isTai(String clock) {
    return clock.equals("CLOCK_TAI") || clock.equals("TAI") || clock.equals("11");
  }

  private static Finding beyondCycle(Place place, String what, long delta, long cycle) {
    return Finding.error(
        TXTIME_BEYOND_CYCLE,
        place,
        what
            + " "
            + delta
            + " ns is longer than the cycle, "
            + cycle
            + " ns: frames wait for"
            + " windows of a later cycle and their order is lost",
        "Keep it below the cycle; 100 to 500 µs is usual.");
  }
}
