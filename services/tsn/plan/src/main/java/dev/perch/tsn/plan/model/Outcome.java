package dev.perch.tsn.plan.model;

import java.util.List;

/**
 * The answer to a request to plan many streams.
 *
 * @param plan of those that have a place; both checkers found it good
 * @param refusals of all others, in the order they were asked for
 * @param took how long it took
 */
public record Outcome(Plan plan, List<Refusal> refusals, Took took) {
  public Outcome {
    refusals = List.copyOf(refusals);
  }

  public boolean isComplete() {
    return refusals.isEmpty();
  }
}
