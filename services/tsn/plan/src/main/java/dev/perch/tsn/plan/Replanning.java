package dev.perch.tsn.plan;

import dev.perch.tsn.plan.engine.Attempt;
import dev.perch.tsn.plan.engine.Demand;
import dev.perch.tsn.plan.engine.Effort;
import dev.perch.tsn.plan.engine.Engine;
import dev.perch.tsn.plan.model.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes room for streams without a place among some that have one. Streams stay where they are as
 * long as possible: first single ones are moved, and only if that does not help everything that is
 * movable is planned from scratch, which counts only if more streams have a place then.
 */
final class Replanning {
  /** Single moves should be easy: what is hard waits for the plan from scratch. */
  private static final int STEPS = 40;

  private final List<Demand> old;
  private final List<Demand> admitted = new ArrayList<>();
  private final boolean solver;
  private Engine engine;

  /**
   * @param engine in which the old streams have their places; it is worked on
   * @param solver whether CP-SAT may be asked
   */
  Replanning(Engine engine, List<Demand> old, boolean solver) {
    this.solver = solver;
    this.engine = engine;
    this.old = old;
  }

  /**
   * Looks for places.
   *
   * @return those that have none, with what was tried
   */
  Map<Demand, Attempt> place(List<Stream> wanted, Duration limit) {
    long begin = System.nanoTime();
    long halfTime = begin + limit.dividedBy(2).toNanos();
    long deadline = begin + limit.toNanos();
    Map<Demand, Attempt> refused = new LinkedHashMap<>();
    for (Stream stream : wanted) {
      Demand demand = engine.demand(stream);
      Attempt attempt = engine.place(demand);
      if (attempt == null
          || engine.eject(demand, Demand::movable, new Effort(STEPS), halfTime) != null) {
        admitted.add(demand);
      } else {
        refused.put(demand, attempt);
      }
    }
    if (!refused.isEmpty() && System.nanoTime() - deadline < 0) {
      fromScratch(refused, deadline);
    }
    return refused;
  }

  private void fromScratch(Map<Demand, Attempt> refused, long deadline) {
    Engine fresh = engine.empty();
    List<Demand> asked = new ArrayList<>(refused.keySet());
    Set<Demand> placed = new LinkedHashSet<>(old);
    placed.addAll(admitted);
    for (Demand demand : placed) {
      if (demand.movable()) {
        asked.add(demand);
      } else {
        fresh.copy(demand, engine);
      }
    }
    List<Demand> left = fresh.placeAll(asked, demand -> false, deadline, solver);
    if (left.size() >= refused.size() || left.stream().anyMatch(placed::contains)) {
      return;
    }
    engine = fresh;
    for (Demand demand : List.copyOf(refused.keySet())) {
      if (engine.has(demand)) {
        refused.remove(demand);
        admitted.add(demand);
      }
    }
  }

  /** The one in which the old and the admitted streams have their places now. */
  Engine engine() {
    return engine;
  }

  /** Those that have a place now, in no particular order. */
  List<Demand> admitted() {
    return admitted;
  }
}
