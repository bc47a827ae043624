package dev.perch.tsn.plan.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Gate lists in JSON after RFC 7951: the published {@code ieee802-dot1q-sched-bridge} (2023) and
 * the older dialect with {@code sgs-params}. Looks at what only a bridge's tables have: limits,
 * ticks, indexes, the switches that put a list in force.
 */
final class YangGates {
  /** Tick granularity is counted in tenths of ns. */
  private static final long TENTHS = 10;

  private final String source;
  private final Consumer<Finding> found;

  YangGates(String source, Consumer<Finding> found) {
    this.source = source;
    this.found = found;
  }

  List<PortSchedule> read(JsonNode root) {
    List<PortSchedule> ports = new ArrayList<>();
    JsonNode interfaces = Json.member(Json.member(root, "interfaces"), "interface");
    if (interfaces.isMissingNode()) {
      interfaces = Json.member(root, "interface");
    }
    for (int i = 0; i < interfaces.size(); i++) {
      JsonNode port = interfaces.get(i);
      JsonNode table = Json.member(Json.member(port, "bridge-port"), "gate-parameter-table");
      if (table.isMissingNode()) {
        table = Json.member(port, "gate-parameter-table");
      }
      if (table.isMissingNode()) {
        table = Json.member(port, "gate-parameters");
      }
      if (!table.isMissingNode()) {
        String name = port.path("name").asText("");
        ports.add(port(table, new Place(source, "/interface/" + i, name)));
      }
    }
    return ports;
  }

  private PortSchedule port(JsonNode table, Place place) {
    List<GateEntry> entries = entries(table, place);
    long cycle = cycle(Json.member(table, "admin-cycle-time"));
    JsonNode base = Json.member(table, "admin-base-time");
    BaseTime baseTime =
        base.isMissingNode()
            ? new BaseTime.Absent()
            : new BaseTime.Literal(
                Json.number(base.path("seconds")) * 1_000_000_000L
                    + Json.number(
                        base.has("nanoseconds")
                            ? base.path("nanoseconds")
                            : base.path("fractional-seconds")));
    new YangLimits(table, place, found).judge(entries, cycle, TENTHS);
    judgeSwitches(table, place);
    return new PortSchedule(
        place,
        PortSchedule.Form.YANG,
        PortSchedule.Gating.BRIDGE,
        null,
        entries,
        cycle,
        baseTime,
        null,
        0,
        List.of());
  }

  private List<GateEntry> entries(JsonNode table, Place place) {
    JsonNode list = Json.member(table, "admin-control-list");
    JsonNode rows = list.isArray() ? list : Json.member(list, "gate-control-entry");
    List<GateEntry> entries = new ArrayList<>();
    Set<Long> indexes = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      JsonNode row = rows.get(i);
      JsonNode values = row.has("sgs-params") ? row.path("sgs-params") : row;
      Place here = place.within("/admin-control-list/" + i);
      if (!indexes.add(Json.number(row.path("index")))) {
        found.accept(
            Finding.error(
                Remark.UNREADABLE,
                here,
                "index " + row.path("index").asText() + " twice",
                "Number the entries from 0."));
      }
      entries.add(
          new GateEntry(
              here,
              operation(row.path("operation-name").asText("")),
              (int) Json.number(Json.member(values, "gate-states-value")),
              Json.number(Json.member(values, "time-interval-value"))));
    }
    JsonNode length = Json.member(table, "admin-control-list-length");
    if (!length.isMissingNode() && Json.number(length) != rows.size()) {
      found.accept(
          Finding.error(
              Remark.UNREADABLE,
              place,
              "admin-control-list-length " + length.asText() + ", but " + rows.size() + " entries",
              "Write the number of entries."));
    }
    return entries;
  }

  private static GateEntry.Operation operation(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    if (plain.endsWith("hold-mac")) {
      return GateEntry.Operation.SET_AND_HOLD;
    }
    return plain.endsWith("release-mac")
        ? GateEntry.Operation.SET_AND_RELEASE
        : GateEntry.Operation.SET;
  }

  private static long cycle(JsonNode rational) {
    long numerator = Json.number(rational.path("numerator"));
    long denominator = Json.number(rational.path("denominator"));
    return denominator == 0
        ? 0
        : Math.multiplyHigh(numerator, 1_000_000_000L) != 0
            ? 0
            : numerator * 1_000_000_000L / denominator;
  }

  private void judgeSwitches(JsonNode table, Place place) {
    JsonNode enabled = Json.member(table, "gate-enabled");
    if (enabled.isBoolean() && !enabled.booleanValue()) {
      found.accept(
          Finding.warning(
              Remark.NOT_ENABLED,
              place,
              "gate-enabled is false: the list is stored and never runs",
              "Set gate-enabled to true."));
    }
    JsonNode change = Json.member(table, "config-change");
    if (!change.isMissingNode() && !change.asBoolean()) {
      found.accept(
          Finding.warning(
              Remark.NOT_ENABLED,
              place,
              "config-change is false: the admin values stay admin",
              "Set config-change to true in the same edit."));
    }
  }
}
