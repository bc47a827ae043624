package dev.perch.tsn.plan.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;

/** The limits a bridge publishes beside its gate list (12.29.1). */
final class YangLimits {
  private final JsonNode table;
  private final Place place;
  private final Consumer<Finding> found;

  YangLimits(JsonNode table, Place place, Consumer<Finding> found) {
    this.table = table;
    this.place = place;
    this.found = found;
  }

  /**
   * @param cycle ns
   * @param ticksPerNano how many units of tick-granularity a nanosecond has
   */
  void judge(List<GateEntry> entries, long cycle, long ticksPerNano) {
    long most = limit("supported-list-max");
    if (most > 0 && entries.size() > most) {
      found.accept(
          Finding.error(
              Remark.LIST_TOO_LONG,
              place,
              entries.size() + " entries, supported-list-max is " + most,
              "Merge windows whose gap is shorter than a guard band."));
    }
    JsonNode cycleMax = Json.member(table, "supported-cycle-max");
    long denominator = Json.number(cycleMax.path("denominator"));
    if (denominator > 0) {
      long longest = Json.number(cycleMax.path("numerator")) * 1_000_000_000L / denominator;
      if (cycle > longest) {
        found.accept(
            Finding.error(
                Remark.LIMIT_EXCEEDED,
                place,
                "the cycle is " + cycle + " ns, supported-cycle-max " + longest + " ns",
                "Shorten the cycle."));
      }
    }
    long longest = limit("supported-interval-max");
    long tick = limit("tick-granularity");
    for (GateEntry entry : entries) {
      if (longest > 0 && entry.interval() > longest) {
        found.accept(
            Finding.error(
                Remark.LIMIT_EXCEEDED,
                entry.place(),
                "the interval is " + entry.interval() + " ns, supported-interval-max " + longest,
                "Split it into entries of the same gates."));
      }
      if (tick > 0 && entry.interval() * ticksPerNano % tick != 0) {
        found.accept(
            Finding.warning(
                Remark.OFF_TICK,
                entry.place(),
                entry.interval() + " ns is no multiple of the tick, " + tick + " tenths of ns",
                "Round it to ticks; otherwise the bridge does, and the cycle drifts."));
      }
      if (entry.operation() != GateEntry.Operation.SET
          && !Json.member(table, "frame-preemption-enabled").asBoolean(true)) {
        found.accept(
            Finding.error(
                Remark.HOLD_WITHOUT_PREEMPTION,
                entry.place(),
                "hold or release without preemption",
                "Enable preemption, or use set-gate-states."));
      }
    }
  }

  private long limit(String name) {
    return Json.number(Json.member(table, name));
  }
}
