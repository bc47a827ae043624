package dev.perch.launcher.process;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Steps in an order in which each comes after what it needs.
 *
 * @throws IllegalArgumentException if a name is there twice, a need is unknown or goes in a circle
 */
public record Plan(List<Step> steps) {
  public Plan {
    steps = inOrder(steps);
  }

  public List<Part> parts() {
    return steps.stream().filter(Part.class::isInstance).map(Part.class::cast).toList();
  }

  /** The same, with all its processes at the lowest priority. */
  public Plan inBackground() {
    return new Plan(
        steps.stream()
            .<Step>map(step -> step instanceof Part part ? part.inBackground() : step)
            .toList());
  }

  private static List<Step> inOrder(List<Step> steps) {
    Map<String, Step> waiting = new LinkedHashMap<>();
    for (Step step : steps) {
      if (waiting.put(step.name(), step) != null) {
        throw new IllegalArgumentException("two steps are named " + step.name());
      }
    }
    for (Step step : steps) {
      if (!waiting.keySet().containsAll(step.needs())) {
        throw new IllegalArgumentException(step.name() + " needs unknown steps: " + step.needs());
      }
    }
    List<Step> ordered = new ArrayList<>();
    Set<String> done = new HashSet<>();
    while (!waiting.isEmpty()) {
      List<Step> next =
          waiting.values().stream().filter(step -> done.containsAll(step.needs())).toList();
      if (next.isEmpty()) {
        throw new IllegalArgumentException("needs go in a circle: " + waiting.keySet());
      }
      for (Step step : next) {
        ordered.add(step);
        done.add(step.name());
        waiting.remove(step.name());
      }
    }
    return List.copyOf(ordered);
  }
}
