package dev.perch.tsn.plan.model;

import java.util.List;

/**
 * The gate control list of one port.
 *
 * @param link the link that the port sends into
 * @param baseTime ns since the TAI epoch, a multiple of the cycle: so a changed list keeps its
 *     phase
 * @param cycle ns
 * @param entries in order; their intervals add up to the cycle
 */
public record GateList(String link, long baseTime, long cycle, List<GateEntry> entries) {
  public GateList {
    entries = List.copyOf(entries);
    long sum = 0;
    for (GateEntry entry : entries) {
      sum += entry.interval();
    }
    new Violations("gate list of " + link)
        .atLeast(0, "baseTime", baseTime)
        .atLeast(1, "cycle", cycle)
        .require(
            cycle < 1 || baseTime % cycle == 0,
            "baseTime",
            baseTime,
            "must be a multiple of the cycle, " + cycle)
        .require(sum == cycle, "entries", sum + " ns long", "must add up to the cycle, " + cycle)
        .raise();
  }
}
