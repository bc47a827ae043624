package dev.perch.tsn.plan.lint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Follows the tc commands of a script as the kernel would: what a port's schedule is at its end,
 * and which change it would refuse on the way.
 */
final class TcScript {
  private final String source;
  private final Surroundings surroundings;
  private final Consumer<Finding> found;
  private final List<PortSchedule> schedules = new ArrayList<>();
  private final Map<String, PortSchedule> running = new LinkedHashMap<>();
  private final Map<String, List<LaunchTime>> launchTimes = new LinkedHashMap<>();

  TcScript(String source, Surroundings surroundings, Consumer<Finding> found) {
    this.source = source;
    this.surroundings = surroundings;
    this.found = found;
  }

  /** Every schedule the script asks for, with the launch times that stand beside it at the end. */
  List<PortSchedule> read(String text) {
    for (ShellWords.Command command : ShellWords.split(text)) {
      QdiscCommand qdisc = QdiscCommand.of(command);
      if (qdisc != null) {
        apply(qdisc);
      }
    }
    return schedules.stream().map(this::withLaunchTimes).toList();
  }

  private void apply(QdiscCommand command) {
    String device = command.device();
    if (command.verb().equals("del")) {
      if (command.parent().equals("root")) {
        running.remove(device);
        launchTimes.remove(device);
      }
      return;
    }
    switch (command.kind()) {
      case "taprio" -> taprio(command);
      case "etf" ->
          launchTimes
              .computeIfAbsent(device, d -> new ArrayList<>())
              .add(new TcOptions(command, source, found).etf(command.parent()));
      default -> {
        // Other qdiscs have no schedule.
      }
    }
  }

  private void taprio(QdiscCommand command) {
    PortSchedule asked = new TcOptions(command, source, found).taprio();
    PortSchedule before = running.get(command.device());
    if (before == null) {
      if (asked.classes() == null) {
        found.accept(
            Finding.error(
                Remark.UNMAPPED_CLASS,
                asked.place(),
                "no num_tc, map and queues, and no schedule before that has them",
                "Write num_tc, map and queues."));
      }
    } else {
      judgeChange(before, asked);
      asked = asked.classes() == null ? inherited(before, asked) : asked;
    }
    running.put(command.device(), asked);
    schedules.add(asked);
  }

  private void judgeChange(PortSchedule before, PortSchedule asked) {
    String delete =
        "Delete the qdisc first (the port has no gates meanwhile), or leave it as it is.";
    if (asked.classes() != null
        && before.classes() != null
        && !asked.classes().sameMapping(before.classes())) {
      found.accept(
          Finding.error(
              Remark.CHANGE_REFUSED,
              asked.place(),
              "another map than that of "
                  + before.place().at()
                  + "; the kernel does not change the traffic mapping of a running schedule",
              delete));
    }
    if (asked.clock() != null && before.clock() != null && !asked.clock().equals(before.clock())) {
      found.accept(
          Finding.error(
              Remark.CHANGE_REFUSED,
              asked.place(),
              "another clockid than that of "
                  + before.place().at()
                  + "; the kernel: Changing the 'clockid' of a running schedule is not supported.",
              delete));
    }
    if (isFuture(before.baseTime()) && isFuture(asked.baseTime())) {
      found.accept(
          Finding.warning(
              Remark.PENDING_OVERWRITTEN,
              asked.place(),
              "the schedule of "
                  + before.place().at()
                  + " may still be pending; this one takes its place and it never runs",
              "Wait until the first one is in force, or leave it out."));
    }
  }

  private boolean isFuture(BaseTime base) {
    return base instanceof BaseTime.Computed
        || base instanceof BaseTime.Literal(long nanos) && nanos > surroundings.now();
  }

  /** A later replace may leave out the mapping and the clock. */
  private static PortSchedule inherited(PortSchedule before, PortSchedule asked) {
    return new PortSchedule(
        asked.place(),
        asked.form(),
        before.gating(),
        before.classes(),
        asked.entries(),
        asked.cycle(),
        asked.baseTime(),
        asked.clock() == null ? before.clock() : asked.clock(),
        asked.txtimeDelay() == 0 ? before.txtimeDelay() : asked.txtimeDelay(),
        List.of());
  }

  private PortSchedule withLaunchTimes(PortSchedule port) {
    return new PortSchedule(
        port.place(),
        port.form(),
        port.gating(),
        port.classes(),
        port.entries(),
        port.cycle(),
        port.baseTime(),
        port.clock(),
        port.txtimeDelay(),
        launchTimes.getOrDefault(port.place().port(), List.of()));
  }
}
