package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one of our files holds.
 *
 * @param plan null in a file that only asks
 * @param refusals of streams that are not in the plan
 */
public record PlanDocument(Scenario scenario, @Nullable Plan plan, List<Refusal> refusals) {
  public PlanDocument {
    refusals = List.copyOf(refusals);
  }
}
