package dev.perch.tsn.plan.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code tc -j qdisc show} prints: an array of qdiscs. */
final class KernelDump {
  private final String source;

  KernelDump(String source) {
    this.source = source;
  }

  List<PortSchedule> read(JsonNode qdiscs) {
    Map<String, List<LaunchTime>> launchTimes = new LinkedHashMap<>();
    for (int i = 0; i < qdiscs.size(); i++) {
      JsonNode qdisc = qdiscs.get(i);
      if (qdisc.path("kind").asText().equals("etf")) {
        launchTimes.computeIfAbsent(device(qdisc), d -> new ArrayList<>()).add(etf(qdisc, i));
      }
    }
    List<PortSchedule> ports = new ArrayList<>();
    for (int i = 0; i < qdiscs.size(); i++) {
      JsonNode qdisc = qdiscs.get(i);
      if (!qdisc.path("kind").asText().equals("taprio")) {
        continue;
      }
      JsonNode options = qdisc.path("options");
      List<LaunchTime> launch = launchTimes.getOrDefault(device(qdisc), List.of());
      for (String schedule : List.of("", "admin", "oper")) {
        JsonNode gates = schedule.isEmpty() ? options : options.path(schedule);
        if (gates.path("schedule").size() > 0) {
          String at = "/" + i + "/options" + (schedule.isEmpty() ? "" : "/" + schedule);
          ports.add(port(qdisc, options, gates, at, launch));
        }
      }
    }
    return ports;
  }

  private PortSchedule port(
      JsonNode qdisc, JsonNode options, JsonNode gates, String at, List<LaunchTime> launch) {
    Place place = new Place(source, at, device(qdisc));
    List<GateEntry> entries = new ArrayList<>();
    JsonNode schedule = gates.path("schedule");
    for (int i = 0; i < schedule.size(); i++) {
      JsonNode entry = schedule.get(i);
      GateEntry.Operation operation =
          switch (entry.path("cmd").asText("S")) {
            case "H" -> GateEntry.Operation.SET_AND_HOLD;
            case "R" -> GateEntry.Operation.SET_AND_RELEASE;
            default -> GateEntry.Operation.SET;
          };
      entries.add(
          new GateEntry(
              place.within("/schedule/" + i),
              operation,
              (int) Json.number(entry.path("gatemask")),
              Json.number(entry.path("interval"))));
    }
    String clock = options.path("clockid").asText("");
    return new PortSchedule(
        place,
        PortSchedule.Form.KERNEL_DUMP,
        TcOptions.gating(Json.number(options.path("flags"))),
        classes(options),
        entries,
        Json.number(gates.path("cycle_time")),
        new BaseTime.Reported(Json.number(gates.path("base_time"))),
        // Before a clock is set the dump says so.
        clock.isEmpty() || clock.equals("invalid") ? null : clock,
        Json.number(options.path("txtime_delay")),
        launch);
  }

  private static ClassMap classes(JsonNode options) {
    List<Integer> map = new ArrayList<>();
    options.path("map").forEach(tc -> map.add(tc.asInt()));
    List<ClassMap.Queues> queues = new ArrayList<>();
    options
        .path("queues")
        .forEach(
            q ->
                queues.add(new ClassMap.Queues(q.path("count").asInt(), q.path("offset").asInt())));
    // A dump whose count is 0 shows a mapping of the defaults: all in class 0.
    return new ClassMap(Math.max(1, options.path("tc").asInt()), map, queues);
  }

  private LaunchTime etf(JsonNode qdisc, int i) {
    JsonNode options = qdisc.path("options");
    JsonNode offload = options.path("offload");
    return new LaunchTime(
        new Place(source, "/" + i + "/options", device(qdisc)),
        qdisc.path("parent").asText(),
        options.path("clockid").asText("").isEmpty() ? null : options.path("clockid").asText(),
        Json.number(options.path("delta")),
        offload.asBoolean(offload.asText().equals("on")));
  }

  private static String device(JsonNode qdisc) {
    return qdisc.path("dev").asText("");
  }
}
