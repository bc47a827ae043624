package dev.perch.tsn.plan;

import dev.perch.tsn.plan.model.Admission;
import dev.perch.tsn.plan.model.InvalidModelException;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Outcome;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Stream;
import java.util.ArrayList;
import java.util.List;

/** Plans all streams of a network at once. */
public final class Planner {
  private Planner() {}

  /**
   * As many of the streams as it finds places for, within the limit of time.
   *
   * @throws InvalidModelException with everything about the streams that does not fit the network
   */
  public static Outcome plan(Network network, List<Stream> streams, Options options) {
    Schedule schedule = Schedule.of(network, options);
    List<Refusal> refusals = new ArrayList<>();
    for (Admission admission : schedule.admitAll(streams)) {
      if (admission instanceof Admission.Refused refused) {
        refusals.add(refused.refusal());
      }
    }
    return new Outcome(schedule.plan(), refusals);
  }
}
