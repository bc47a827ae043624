package dev.perch.tsn.plan.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Places many streams at once. Short intervals go first, long frames before short ones; who finds
 * no place is placed by moving others of the batch. If some are left, another round begins with the
 * ones that were hard to place ahead (squeaky wheel optimisation: Joslin and Clements 1999). The
 * best round counts; for what is left then CP-SAT looks for new times of whole neighbourhoods.
 */
final class BatchSearch {
  private static final int ROUNDS = 7;
  private static final int FIRST_STEPS = 200;

  /** For how many streams the solver is asked. */
  private static final int QUESTIONS = 8;

  private final Engine engine;
  private final boolean solver;
  private final Map<Demand, Integer> trouble = new HashMap<>();

  /**
   * @param solver whether CP-SAT may be asked for what is left in the end
   */
  BatchSearch(Engine engine, boolean solver) {
    this.engine = engine;
    this.solver = solver;
  }

  /**
   * @param asked none of which has a place
   * @param movable which of the streams that have a place may be moved
   * @param deadline {@link System#nanoTime} at which no more rounds or moves are begun
   * @return those that have no place
   */
  List<Demand> place(List<Demand> asked, Predicate<Demand> movable, long deadline) {
    Set<Demand> batch = new HashSet<>(asked);
    Predicate<Demand> mayMove = demand -> batch.contains(demand) || movable.test(demand);
    List<Demand> order = new ArrayList<>(asked);
    order.sort(byDifficulty());
    engine.useResidues(false);
    List<Demand> left = round(order, mayMove, FIRST_STEPS, deadline);
    List<Demand> fewest = left;
    List<Placed> best = placed(asked);
    int rounds = isOverbooked(asked) ? 1 : ROUNDS;
    for (int round = 1; round < rounds && !fewest.isEmpty(); round++) {
      if (System.nanoTime() - deadline > 0) {
        break;
      }
      clear(asked);
      left.forEach(demand -> trouble.merge(demand, 1, Integer::sum));
      order.sort(byDifficulty());
      left = round(order, mayMove, FIRST_STEPS << round, deadline);
      if (left.size() <= fewest.size()) {
        fewest = left;
        best = placed(asked);
      }
    }
    if (left.size() > fewest.size()) {
      clear(asked);
      best.forEach(one -> engine.placements().put(one.demand(), one.trees()));
    }
    engine.useResidues(true);
    return solver && rounds > 1 ? solved(fewest, mayMove, deadline) : fewest;
  }

  /** What is left after the solver was asked for the first few of them. */
  private List<Demand> solved(List<Demand> left, Predicate<Demand> movable, long deadline) {
    Neighbourhood neighbourhood = new Neighbourhood(engine);
    List<Demand> still = new ArrayList<>();
    int questions = QUESTIONS;
    for (Demand demand : left) {
      boolean asked = questions-- > 0 && System.nanoTime() - deadline < 0;
      if (!asked || !neighbourhood.place(demand, movable, deadline)) {
        still.add(demand);
      }
    }
    return still;
  }

  /** Whether some link is too short for all, so that no round can place everybody. */
  private boolean isOverbooked(List<Demand> asked) {
    for (double share : engine.needed(asked)) {
      if (share > 1) {
        return true;
      }
    }
    return false;
  }

  private Comparator<Demand> byDifficulty() {
    return Comparator.comparingInt(
            (Demand demand) -> demand.period >> Math.min(30, 2 * trouble.getOrDefault(demand, 0)))
        .thenComparingInt(demand -> -demand.frameBytes * demand.frames)
        .thenComparingInt(demand -> demand.id);
  }

  private List<Demand> round(
      List<Demand> order, Predicate<Demand> movable, int steps, long deadline) {
    List<Demand> homeless = new ArrayList<>();
    for (Demand demand : order) {
      if (engine.place(demand) != null) {
        homeless.add(demand);
      }
    }
    List<Demand> left = new ArrayList<>();
    // Shared, so that many without a place do not take many times as long.
    var effort = new Effort(steps + 10 * homeless.size());
    for (Demand demand : homeless) {
      if (engine.eject(demand, movable, effort, deadline) == null) {
        left.add(demand);
      }
    }
    return left;
  }

  private List<Placed> placed(List<Demand> asked) {
    List<Placed> placed = new ArrayList<>(asked.size());
    for (Demand demand : asked) {
      Placed one = engine.placements().find(demand.id);
      if (one != null) {
        placed.add(one);
      }
    }
    return placed;
  }

  private void clear(List<Demand> asked) {
    for (Demand demand : asked) {
      if (engine.placements().find(demand.id) != null) {
        engine.remove(demand);
      }
    }
  }
}
