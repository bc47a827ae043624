package dev.perch.tsn.plan.lint;

import static dev.perch.tsn.plan.lint.Remark.CLASS_NEVER_OPENS;
import static dev.perch.tsn.plan.lint.Remark.DEAD_TIME;
import static dev.perch.tsn.plan.lint.Remark.GATE_NOBODY_CAN_USE;
import static dev.perch.tsn.plan.lint.Remark.UNMAPPED_CLASS;

import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Classes without frames, gates without classes, time without gates. */
final class GateRules implements Rule {
  @Override
  public void look(PortSchedule port, Surroundings surroundings, Consumer<Finding> found) {
    ClassMap classes = port.classes();
    if (classes != null) {
      lookAtMapping(port, classes, found);
    }
    int usable = port.usable();
    int everOpen = port.entries().stream().mapToInt(GateEntry::gates).reduce(0, (a, b) -> a | b);
    if (classes != null) {
      int shut = usable & ~everOpen;
      if (shut != 0) {
        found.accept(
            Finding.error(
                CLASS_NEVER_OPENS,
                port.place(),
                "no entry opens the gate of " + names(shut) + "; its frames wait for ever",
                "Open bit "
                    + numbers(shut)
                    + " in some entry, or map its priorities to another class."));
      }
      lookAtGates(port, classes, usable, found);
    }
    lookAtDeadTime(port, usable, surroundings, found);
  }

  private static void lookAtMapping(PortSchedule port, ClassMap map, Consumer<Finding> found) {
    for (int priority = 0; priority < map.priorities().size(); priority++) {
      int trafficClass = map.priorities().get(priority);
      if (trafficClass >= map.classes()) {
        found.accept(
            Finding.error(
                UNMAPPED_CLASS,
                port.place(),
                "priority "
                    + priority
                    + " is mapped to class "
                    + trafficClass
                    + ", but there are only "
                    + map.classes()
                    + " (0 to "
                    + (map.classes() - 1)
                    + ")",
                "Map it to an existing class, or raise num_tc."));
      }
    }
    int unmapped = ((1 << map.classes()) - 1) & ~map.reachable();
    if (unmapped != 0) {
      found.accept(
          Finding.warning(
              UNMAPPED_CLASS,
              port.place(),
              "no priority is mapped to " + names(unmapped),
              "Map a priority to it, or lower num_tc."));
    }
    if (!map.queues().isEmpty() && map.queues().size() < map.classes()) {
      found.accept(
          Finding.error(
              UNMAPPED_CLASS,
              port.place(),
              map.classes() + " classes, but queues for only " + map.queues().size(),
              "Write one count@offset for each class."));
    }
  }

  private static void lookAtGates(
      PortSchedule port, ClassMap classes, int usable, Consumer<Finding> found) {
    // Scripts open all eight gates to say "everybody else": useless bits beside used ones are noise
    // only if a class of that number exists.
    int existing = (1 << classes.classes()) - 1;
    for (GateEntry entry : port.entries()) {
      int useless = entry.gates() & ~usable;
      if (useless == 0) {
        continue;
      }
      boolean alone = (entry.gates() & usable) == 0;
      String what = "opens the gate of " + names(useless) + ", which no frame can reach";
      if (alone) {
        found.accept(
            Finding.error(
                GATE_NOBODY_CAN_USE,
                entry.place(),
                what + "; nobody sends for " + entry.interval() + " ns",
                "Open a gate of " + names(usable) + ", or map a priority to the class."));
      } else {
        String remedy = "Clear bit " + numbers(useless) + ", or map a priority to the class.";
        found.accept(
            (useless & existing) != 0
                ? Finding.warning(GATE_NOBODY_CAN_USE, entry.place(), what, remedy)
                : Finding.note(GATE_NOBODY_CAN_USE, entry.place(), what, remedy));
      }
    }
  }

  /** A closed time up to the guard band before another class's window is what a guard band is. */
  private static void lookAtDeadTime(
      PortSchedule port, int usable, Surroundings surroundings, Consumer<Finding> found) {
    for (Windows.Window dead : new Windows(port).dead(usable)) {
      if (dead.length() > surroundings.guardBand()) {
        found.accept(
            Finding.warning(
                DEAD_TIME,
                dead.first().place(),
                "no gate that anybody can use is open for "
                    + dead.length()
                    + " ns; a guard band needs "
                    + surroundings.guardBand()
                    + " ns",
                "Shorten the entry, or give the time to a class."));
      } else if (dead.length() <= 0) {
        found.accept(
            Finding.error(DEAD_TIME, dead.first().place(), "an entry of no length", "Remove it."));
      }
    }
  }

  static String names(int mask) {
    return (Integer.bitCount(mask) == 1 ? "class " : "classes ") + numbers(mask);
  }

  private static String numbers(int mask) {
    return IntStream.range(0, 32)
        .filter(i -> (mask >> i & 1) == 1)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", "));
  }
}
