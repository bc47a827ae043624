package dev.perch.tsn.plan.proof;

import com.google.ortools.Loader;
import com.google.ortools.sat.BoolVar;
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

/**
 * Proves that some claims on one link contradict each other. Everything else about the streams is
 * left out, so a contradiction here means that no schedule whatever has all of them.
 */
public final class LinkProof {
  /** More instances in a hyperperiod than this are not laid out. */
  private static final int MOST_INSTANCES = 4_000;

  /** Into how many steps the greatest common divisor of all intervals is divided at least. */
  private static final int STEPS = 100;

  /** How much work a single question may be, in the solver's own measure; not a time. */
  private static final double EFFORT = 0.5;

  private static final double SECOND = 1e9;

  /** Asked for once; the native library takes a third of a second to load. */
  private static final class Native {
    static final boolean PRESENT = load();

    private static boolean load() {
      try {
        Loader.loadNativeLibraries();
        return true;
      } catch (UnsatisfiedLinkError | RuntimeException otherPlatform) {
        return false;
      }
    }
  }

  private final long deadline;

  /** Whether there is a solver on this platform. */
  static boolean isPresent() {
    return Native.PRESENT;
  }

  /**
   * @param deadline {@link System#nanoTime} at which it gives up
   */
  public LinkProof(long deadline) {
    this.deadline = deadline;
  }

  /**
   * Streams that cannot share the link, none of which can be left out as far as time allowed to
   * try; empty if nothing was proved, which proves nothing.
   */
  public List<String> contradiction(List<Claim> claims) {
    if (instances(claims) > MOST_INSTANCES || !Native.PRESENT) {
      return List.of();
    }
    List<Claim> core = core(claims);
    for (int i = core.size() - 1; i >= 0 && core.size() > 2; i--) {
      List<Claim> without = new ArrayList<>(core);
      without.remove(i);
      List<Claim> smaller = core(without);
      if (!smaller.isEmpty()) {
        core = smaller;
        i = Math.min(i, core.size());
      }
    }
    return core.stream().map(Claim::stream).toList();
  }

  private static long instances(List<Claim> claims) {
    long cycle = cycle(claims);
    long count = 0;
    for (Claim claim : claims) {
      count += cycle / claim.interval() + 1;
    }
    return count;
  }

  /** The claims that the solver needs for its contradiction; empty if it found none. */
  private List<Claim> core(List<Claim> claims) {
    double left = (deadline - System.nanoTime()) / SECOND;
    if (left <= 0) {
      return List.of();
    }
    int unit = unit(claims);
    boolean anywhere = claims.stream().allMatch(LinkProof::isFree);
    CpModel model = new CpModel();
    Map<Integer, Claim> byLiteral = new HashMap<>();
    List<IntervalVar> intervals = new ArrayList<>();
    long cycle = cycle(claims);
    for (Claim claim : claims) {
      BoolVar asked = model.newBoolVar(claim.stream());
      byLiteral.put(asked.getIndex(), claim);
      model.addAssumption(asked);
      // If nobody is bound to a time, one of them may as well begin at 0.
      boolean anchored = anywhere && byLiteral.size() == 1;
      long latest = anchored ? 0 : claim.latest() / unit;
      IntVar start = model.newIntVar(claim.earliest() / unit, latest, claim.stream());
      // From one interval before: what began there may last into the cycle.
      long interval = claim.interval() / unit;
      for (long shift = -interval; shift < cycle / unit; shift += interval) {
        intervals.add(
            model.newOptionalFixedSizeIntervalVar(
                LinearExpr.affine(start, 1, shift), claim.length() / unit, asked, claim.stream()));
      }
    }
    model.addNoOverlap(intervals);
    CpSolver solver = new CpSolver();
    // One worker: the same answer every time.
    solver
        .getParameters()
        .setNumWorkers(1)
        .setMaxDeterministicTime(EFFORT)
        .setMaxTimeInSeconds(left);
    if (solver.solve(model) != CpSolverStatus.INFEASIBLE) {
      return List.of();
    }
    return solver.sufficientAssumptionsForInfeasibility().stream().map(byLiteral::get).toList();
  }

  private static boolean isFree(Claim claim) {
    return claim.earliest() == 0 && claim.latest() == claim.interval() - 1;
  }

  /**
   * Times are rounded down to this; it divides all intervals. What does not overlap does not
   * overlap rounded down either: t ≥ s + l implies ⌊t/u⌋ ≥ ⌊s/u⌋ + ⌊l/u⌋. So a contradiction stays
   * one.
   */
  private static int unit(List<Claim> claims) {
    long common = 0;
    for (Claim claim : claims) {
      common = gcd(common, claim.interval());
    }
    int unit = (int) Math.max(1, common / STEPS);
    while (common % unit != 0) {
      unit--;
    }
    return unit;
  }

  private static long cycle(List<Claim> claims) {
    long cycle = 1;
    for (Claim claim : claims) {
      cycle = cycle / gcd(cycle, claim.interval()) * claim.interval();
      if (cycle > Integer.MAX_VALUE * 1_000L) {
        return cycle;
      }
    }
    return cycle;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
