package dev.perch.tsn.plan;

import dev.perch.tsn.plan.model.Refusal;
import java.util.List;

/**
 * What a re-plan did.
 *
 * @param moved streams that are elsewhere now, by name
 * @param refusals of the streams that have no place after it either
 */
public record Replan(List<String> moved, List<Refusal> refusals) {
  public Replan {
    moved = List.copyOf(moved);
    refusals = List.copyOf(refusals);
  }
}
