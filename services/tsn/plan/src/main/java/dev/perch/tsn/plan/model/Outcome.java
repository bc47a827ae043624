package dev.perch.tsn.plan.model;

import java.util.List;

/**
 * The answer to a request to plan many streams.
 *
 * @param plan of those that have a place
 * @param refusals of all others, in the order they were asked for
 */
public record Outcome(Plan plan, List<Refusal> refusals) {
  public Outcome {
    refusals = List.copyOf(refusals);
  }

  public boolean isComplete() {
    return refusals.isEmpty();
  }
}
