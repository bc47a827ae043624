package dev.perch.tsn.plan.lint;

import static dev.perch.tsn.plan.lint.Remark.CYCLE_CUTS_LIST;
import static dev.perch.tsn.plan.lint.Remark.INTERVAL_TOO_SHORT;
import static dev.perch.tsn.plan.lint.Remark.WINDOW_TOO_SHORT;

import java.util.function.Consumer;

/** Windows that hold no frame, and entries the cycle does not reach. */
final class WindowRules implements Rule {
  /** Newer kernels refuse entries in which not even this fits. */
  private static final int SMALLEST_FRAME = 60;

  @Override
  public void look(PortSchedule port, Surroundings surroundings, Consumer<Finding> found) {
    if (port.entries().isEmpty()) {
      return;
    }
    lookAtCycle(port, found);
    lookAtIntervals(port, surroundings, found);
    int usable = port.usable();
    Windows windows = new Windows(port);
    for (int trafficClass = 0; trafficClass < 16; trafficClass++) {
      if ((usable >> trafficClass & 1) == 1) {
        for (Windows.Window window : windows.of(trafficClass, usable)) {
          judge(window, trafficClass, surroundings, found);
        }
      }
    }
  }

  private static void judge(
      Windows.Window window, int trafficClass, Surroundings around, Consumer<Finding> found) {
    long frame = around.frameTime();
    long needed = frame + around.guardBand();
    if (window.length() >= needed) {
      return;
    }
    String what =
        "class "
            + trafficClass
            + " may send for "
            + window.length()
            + " ns; a frame of "
            + around.frameBytes()
            + " bytes needs "
            + frame
            + " ns";
    if (window.length() < frame) {
      found.accept(
          Finding.error(
              WINDOW_TOO_SHORT,
              window.first().place(),
              what + " and is never sent in it",
              "Make the window at least " + needed + " ns, or limit the frame (max-sdu)."));
    } else if (window.shared()) {
      found.accept(
          Finding.error(
              WINDOW_TOO_SHORT,
              window.first().place(),
              what
                  + ", and "
                  + around.guardBand()
                  + " ns more while another class's frame goes out",
              "Close the other gates in this window, or make it at least " + needed + " ns."));
    } else {
      found.accept(
          Finding.warning(
              WINDOW_TOO_SHORT,
              window.first().place(),
              what
                  + "; a device that does not look at lengths before a gate closes lets another"
                  + " class's frame eat "
                  + around.guardBand()
                  + " ns of it",
              "Close all gates for "
                  + around.guardBand()
                  + " ns before it, or make it at least "
                  + needed
                  + " ns."));
    }
  }

  private static void lookAtCycle(PortSchedule port, Consumer<Finding> found) {
    long sum = port.sum();
    if (port.cycle() <= 0 || port.cycle() == sum) {
      return;
    }
    int reached = new Windows(port).reached();
    if (port.cycle() < sum) {
      found.accept(
          Finding.error(
              CYCLE_CUTS_LIST,
              port.place(),
              "the entries last "
                  + sum
                  + " ns, the cycle "
                  + port.cycle()
                  + " ns: it is cut after entry "
                  + (reached - 1)
                  + " of 0 to "
                  + (port.entries().size() - 1),
              "Make the cycle time the sum of the entries."));
    } else {
      found.accept(
          Finding.warning(
              CYCLE_CUTS_LIST,
              port.place(),
              "the entries last "
                  + sum
                  + " ns, the cycle "
                  + port.cycle()
                  + " ns: the last gates stay for the other "
                  + (port.cycle() - sum)
                  + " ns",
              "Write the rest as an entry of its own."));
    }
  }

  private static void lookAtIntervals(
      PortSchedule port, Surroundings around, Consumer<Finding> found) {
    if (port.form() == PortSchedule.Form.YANG) {
      return;
    }
    long least = around.onWire(SMALLEST_FRAME);
    for (GateEntry entry : port.entries()) {
      if (entry.interval() > 0 && entry.interval() < least) {
        found.accept(
            Finding.error(
                INTERVAL_TOO_SHORT,
                entry.place(),
                "an entry of "
                    + entry.interval()
                    + " ns is shorter than the smallest frame, "
                    + least
                    + " ns; newer kernels refuse it, older ones take it",
                "Merge it with its neighbour."));
      }
    }
  }
}
