package dev.perch.tsn.plan.lint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gates of one port, as somebody wrote them down.
 *
 * @param classes null if the text leaves the mapping as it is (a bridge's tables, a later change)
 * @param cycle ns; 0 if the sum of the intervals is meant
 * @param clock as written; null if left out
 * @param txtimeDelay ns; 0 if left out
 */
record PortSchedule(
    Place place,
    Form form,
    Gating gating,
    @Nullable ClassMap classes,
    List<GateEntry> entries,
    long cycle,
    BaseTime baseTime,
    @Nullable String clock,
    long txtimeDelay,
    List<LaunchTime> launchTimes) {

  /** Where it was written. */
  enum Form {
    TC_COMMAND,
    KERNEL_DUMP,
    YANG
  }

  /** Who works the gates. */
  enum Gating {
    /** The kernel's timer. */
    SOFTWARE,
    /** The kernel gives each frame a launch time. */
    TXTIME_ASSIST,
    /** The network card. */
    OFFLOAD,
    /** A bridge's port. */
    BRIDGE
  }

  PortSchedule {
    entries = List.copyOf(entries);
    launchTimes = List.copyOf(launchTimes);
  }

  long sum() {
    return entries.stream().mapToLong(GateEntry::interval).sum();
  }

  /** The cycle that holds, ns. */
  long effectiveCycle() {
    return cycle > 0 ? cycle : sum();
  }

  /** Bit n: class n exists and gets frames, as far as the text tells. */
  int usable() {
    return classes == null ? 0xff : classes.reachable();
  }
}
