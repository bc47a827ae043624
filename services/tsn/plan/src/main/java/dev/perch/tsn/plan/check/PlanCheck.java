package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Both checkers on a whole plan. A plan is published only if the report is clean. */
public final class PlanCheck {
  private PlanCheck() {}

  /**
   * What both found.
   *
   * @param sweep flaws of what the plan says
   * @param simulation flaws of what the gate lists do
   * @param took for both
   */
  public record Report(List<Flaw> sweep, List<Flaw> simulation, Duration took) {
    public Report {
      sweep = List.copyOf(sweep);
      simulation = List.copyOf(simulation);
    }

    public boolean clean() {
      return sweep.isEmpty() && simulation.isEmpty();
    }

    /** All flaws, those of the sweep first. */
    public List<Flaw> flaws() {
      List<Flaw> all = new ArrayList<>(sweep);
      all.addAll(simulation);
      return all;
    }
  }

  /**
   * Runs both.
   *
   * @param streams those that must have a place in the plan: asked for and not refused
   */
  public static Report check(Network network, List<Stream> streams, Plan plan) {
    return check(network, streams, plan, 1);
  }

  /**
   * Runs both.
   *
   * @param streams those that must have a place in the plan: asked for and not refused
   * @param seed of the clock errors that the simulation takes by chance
   */
  public static Report check(Network network, List<Stream> streams, Plan plan, long seed) {
    long begin = System.nanoTime();
    List<Flaw> sweep = Sweep.check(network, streams, plan);
    List<Flaw> simulation = Simulation.check(network, streams, plan, seed);
    return new Report(sweep, simulation, Duration.ofNanos(System.nanoTime() - begin));
  }
}
