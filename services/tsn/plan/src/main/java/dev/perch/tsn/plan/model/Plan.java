package dev.perch.tsn.plan.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where and when all streams travel, and the gate lists that make it so.
 *
 * @param streams by name, in the order they were asked for; refused streams are absent
 * @param gates by link; ports without time-triggered frames have none
 */
public record Plan(Map<String, StreamPlan> streams, Map<String, GateList> gates) {
  public Plan {
    streams = Collections.unmodifiableMap(new LinkedHashMap<>(streams));
    gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
    var violations = new Violations("plan");
    streams.forEach(
        (name, plan) ->
            violations.require(
                name.equals(plan.stream()), "streams", name, "must be under its own name"));
    gates.forEach(
        (link, list) ->
            violations.require(
                link.equals(list.link()), "gates", link, "must be under its own link"));
    violations.raise();
  }
}
