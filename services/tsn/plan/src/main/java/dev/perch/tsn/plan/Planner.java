package dev.perch.tsn.plan;

import dev.perch.tsn.plan.check.PlanCheck;
import dev.perch.tsn.plan.model.Admission;
import dev.perch.tsn.plan.model.InvalidModelException;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Outcome;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Stream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Plans all streams of a network at once. Both checkers look at every plan before it leaves. */
public final class Planner {
  private Planner() {}

  /**
   * As many of the streams as it finds places for, within the limit of time.
   *
   * @throws InvalidModelException with everything about the streams that does not fit the network
   * @throws UnsoundPlanException if a checker objects to the plan
   */
  public static Outcome plan(Network network, List<Stream> streams, Options options) {
    return plan(network, streams, new Draft(network, options));
  }

  /**
   * @param draft an empty one
   */
  static Outcome plan(Network network, List<Stream> streams, Draft draft) {
    Stopwatch watch = new Stopwatch();
    List<Refusal> refusals = new ArrayList<>();
    Set<String> accepted = new HashSet<>();
    for (Admission admission : draft.admitAll(streams).answer()) {
      switch (admission) {
        case Admission.Accepted(var where, _) -> accepted.add(where.stream());
        case Admission.Refused(var refusal) -> refusals.add(refusal);
      }
    }
    watch.placed();
    Plan plan = draft.plan();
    watch.compiled();
    List<Stream> placed =
        streams.stream().filter(stream -> accepted.remove(stream.name())).toList();
    PlanCheck.Report report = PlanCheck.check(network, placed, plan);
    watch.checked();
    if (!report.clean()) {
      throw new UnsoundPlanException(report.flaws());
    }
    return new Outcome(plan, refusals, watch.took());
  }
}
