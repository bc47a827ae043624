package dev.perch.tsn.plan.proof;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.IntervalVar;
import com.google.ortools.sat.LinearExpr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds times for several streams at once, on ways that are settled, beside others that stay. */
public final class OffsetSearch {
  /** More reservations in the hyperperiods of all links than this are not laid out. */
  private static final long MOST_INSTANCES = 20_000;

  /** How much work it may be, in the solver's own measure; not a time. */
  private static final double EFFORT = 1.0;

  private static final double SECOND = 1e9;

  private final double seconds;
  private final List<IntVar> starts = new ArrayList<>();
  private final Map<Integer, List<Reserved>> byLink = new HashMap<>();
  private final CpModel model = new CpModel();

  /**
   * @param deadline {@link System#nanoTime} at which it gives up
   */
  public OffsetSearch(long deadline) {
    seconds = (deadline - System.nanoTime()) / SECOND;
  }

  /**
   * A stream whose offset is sought.
   *
   * @param interval ns
   * @param earliest first offset
   * @param latest last offset
   * @param step what the offset is a multiple of
   * @param visits what it reserves
   */
  public record Free(int interval, int earliest, int latest, int step, List<Visit> visits) {
    /** The first offset, in steps. */
    private int first() {
      return Math.ceilDiv(earliest, step);
    }

    private int last() {
      return Math.floorDiv(latest, step);
    }
  }

  /**
   * What a stream reserves of a link.
   *
   * @param after from its offset, ns; may be negative
   */
  public record Visit(int link, int after, int length) {}

  /** What is reserved of a link already, once in every interval. */
  public record Fixed(int link, int interval, int start, int length) {}

  /** Something that is reserved every interval; without an offset of its own if it is fixed. */
  private record Reserved(int stream, int interval, int after, int length) {
    static final int FIXED = -1;
  }

  /** An offset for each free stream, in their order; empty if none were found. */
  public List<Integer> solve(List<Free> free, List<Fixed> fixed) {
    if (seconds <= 0) {
      return List.of();
    }
    for (int stream = 0; stream < free.size(); stream++) {
      Free one = free.get(stream);
      if (one.first() > one.last()) {
        return List.of();
      }
      for (Visit visit : one.visits) {
        int after = Math.floorMod(visit.after, one.interval);
        reserve(visit.link, new Reserved(stream, one.interval, after, visit.length));
      }
    }
    for (Fixed one : fixed) {
      reserve(one.link, new Reserved(Reserved.FIXED, one.interval, one.start, one.length));
    }
    if (!isSmall() || isHopeless() || !LinkProof.isPresent()) {
      return List.of();
    }
    for (Free one : free) {
      starts.add(model.newIntVar(one.first(), one.last(), "offset " + starts.size()));
    }
    layOut(free);
    return ask(free);
  }

  private void reserve(int link, Reserved reserved) {
    byLink.computeIfAbsent(link, any -> new ArrayList<>()).add(reserved);
  }

  private boolean isSmall() {
    long instances = 0;
    for (List<Reserved> link : byLink.values()) {
      long cycle = cycle(link);
      for (Reserved one : link) {
        instances += cycle / one.interval + 2;
      }
    }
    return instances <= MOST_INSTANCES;
  }

  /**
   * Whether two are longer together than what divides their intervals: the solver may need long to
   * see that.
   */
  private boolean isHopeless() {
    for (List<Reserved> link : byLink.values()) {
      for (int i = 0; i < link.size(); i++) {
        for (Reserved other : link.subList(i + 1, link.size())) {
          Reserved one = link.get(i);
          if (one.length + other.length > gcd(one.interval, other.interval)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** On each link, over its hyperperiod, with what began up to two intervals before. */
  private void layOut(List<Free> free) {
    for (List<Reserved> link : byLink.values()) {
      long cycle = cycle(link);
      List<IntervalVar> intervals = new ArrayList<>();
      for (Reserved one : link) {
        for (long turn = -2L * one.interval; turn < cycle; turn += one.interval) {
          LinearExpr start =
              one.stream == Reserved.FIXED
                  ? LinearExpr.constant(one.after + turn)
                  : LinearExpr.affine(
                      starts.get(one.stream), free.get(one.stream).step, one.after + turn);
          intervals.add(model.newFixedSizeIntervalVar(start, one.length, ""));
        }
      }
      model.addNoOverlap(intervals);
    }
  }

  private List<Integer> ask(List<Free> free) {
    CpSolver solver = new CpSolver();
    // One worker: the same answer every time.
    solver
        .getParameters()
        .setNumWorkers(1)
        .setMaxDeterministicTime(EFFORT)
        .setMaxTimeInSeconds(seconds);
    CpSolverStatus status = solver.solve(model);
    if (status != CpSolverStatus.OPTIMAL && status != CpSolverStatus.FEASIBLE) {
      return List.of();
    }
    List<Integer> offsets = new ArrayList<>();
    for (int i = 0; i < free.size(); i++) {
      offsets.add((int) solver.value(starts.get(i)) * free.get(i).step);
    }
    return offsets;
  }

  private static long cycle(List<Reserved> link) {
    long cycle = 1;
    for (Reserved one : link) {
      cycle = Math.min(Integer.MAX_VALUE * 1_000L, cycle / gcd(cycle, one.interval) * one.interval);
    }
    return cycle;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
