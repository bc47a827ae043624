package dev.perch.tsn.plan.lint;

import static dev.perch.tsn.plan.lint.Remark.LIST_LOST_IN_DUMP;
import static dev.perch.tsn.plan.lint.Remark.LIST_TOO_LONG;
import static dev.perch.tsn.plan.lint.Remark.LIST_TRUNCATED;
import static dev.perch.tsn.plan.lint.Remark.QUEUES_OVERLAP;

import dev.perch.tsn.plan.lint.PortSchedule.Form;
import dev.perch.tsn.plan.lint.PortSchedule.Gating;
import java.util.List;
import java.util.function.Consumer;

/** What Linux and its tools do to a schedule, measured on 6.1. */
final class KernelRules implements Rule {
  /** What fits into the 1,024 bytes in which tc builds the list. */
  private static final int TC_ENTRIES = 32;

  /** The longest list the kernel was seen to dump. */
  private static final int DUMP_ENTRIES = 512;

  /** 28 bytes an entry in an attribute whose length has 16 bits. */
  private static final int NETLINK_ENTRIES = 2_330;

  @Override
  public void look(PortSchedule port, Surroundings surroundings, Consumer<Finding> found) {
    if (port.form() == Form.YANG) {
      return;
    }
    int entries = port.entries().size();
    if (port.form() == Form.TC_COMMAND && entries > TC_ENTRIES) {
      found.accept(
          Finding.error(
              LIST_TRUNCATED,
              port.place(),
              entries
                  + " entries; tc sends about "
                  + TC_ENTRIES
                  + ", prints an addattr_l error and still exits with 0",
              "Program it over netlink, or shorten the list, and read it back."));
    }
    if (entries > NETLINK_ENTRIES) {
      found.accept(
          Finding.error(
              LIST_TOO_LONG,
              port.place(),
              entries + " entries; a netlink attribute holds about " + NETLINK_ENTRIES,
              "Merge windows."));
    } else if (entries > DUMP_ENTRIES) {
      found.accept(
          Finding.warning(
              LIST_LOST_IN_DUMP,
              port.place(),
              entries
                  + " entries; the kernel's dump is empty above some "
                  + DUMP_ENTRIES
                  + ", so nobody can read it back",
              "Keep to " + DUMP_ENTRIES + " entries."));
    }
    if (port.classes() != null && port.gating() != Gating.TXTIME_ASSIST) {
      lookAtQueues(port, port.classes().queues(), found);
    }
  }

  private static void lookAtQueues(
      PortSchedule port, List<ClassMap.Queues> queues, Consumer<Finding> found) {
    for (int a = 0; a < queues.size(); a++) {
      for (int b = a + 1; b < queues.size(); b++) {
        if (queues.get(a).overlaps(queues.get(b))) {
          found.accept(
              Finding.error(
                  QUEUES_OVERLAP,
                  port.place(),
                  "classes "
                      + a
                      + " and "
                      + b
                      + " share a transmit queue; the kernel refuses it:"
                      + " Detected overlap in the traffic class to queue mapping.",
                  "Give each class its own queue (only flags 0x1 may share)."));
        }
      }
    }
  }
}
