package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.check.Flaw;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A plan in tsnkit's files, with what it was made for.
 *
 * @param scenario its network has the queues of the plan as time-triggered ones
 * @param plan starts of transmission are what the gates make of the offsets
 * @param delays what the plan promises, by stream, ns
 */
public record TsnkitPlan(Scenario scenario, Plan plan, Map<String, Long> delays) {
  /** Preamble, delimiter and gap: some tools count them, some do not. */
  private static final int UNCOUNTED = 20;

  public TsnkitPlan {
    delays = Map.copyOf(delays);
  }

  /** Streams that take longer than the plan promises. */
  public List<Flaw> brokenPromises() {
    List<Flaw> flaws = new ArrayList<>();
    for (Stream stream : scenario.streams()) {
      Long promised = delays.get(stream.name());
      StreamPlan planned = plan.streams().get(stream.name());
      if (promised == null || planned == null) {
        continue;
      }
      Tree tree = planned.trees().getFirst();
      long takes = Latencies.longest(scenario.network(), stream, tree);
      if (takes > promised + tolerance(tree)) {
        flaws.add(new Flaw.BrokenPromise(stream.name(), promised, takes));
      }
    }
    return flaws;
  }

  private long tolerance(Tree tree) {
    return tree.hops().stream()
        .flatMap(hop -> scenario.network().link(hop.link()).stream())
        .mapToLong(Link::rate)
        .map(rate -> Link.duration(UNCOUNTED, rate))
        .max()
        .orElse(0);
  }
}
