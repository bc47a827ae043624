package dev.perch.tsn.plan.engine;

import dev.perch.tsn.plan.gate.Compiled;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Violation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The streams of one network that have a place, and the searches for more. Not thread-safe. */
public final class Engine {
  private final Topology topology;
  private final Periods periods;
  private final BitSet ids;
  private final long seed;
  private final Occupancy occupancy;
  private final Placements placements;
  private final Placer placer;
  private final Ejector ejector;
  private final Gates gates;
  private final SecondTry secondTry;
  private final Snapshot snapshot;

  public Engine(Topology topology, long seed) {
    this(topology, new Periods(), new BitSet(), seed);
  }

  private Engine(Topology topology, Periods periods, BitSet ids, long seed) {
    this.topology = topology;
    this.periods = periods;
    this.ids = ids;
    this.seed = seed;
    occupancy = new Occupancy(topology, periods);
    placements = new Placements(occupancy);
    gates = new Gates(topology, occupancy, placements);
    occupancy.onChange(gates);
    placer = new Placer(topology, occupancy);
    ejector = new Ejector(this, occupancy, placer, seed);
    secondTry = new SecondTry(topology, occupancy, placements, placer, gates);
    snapshot = new Snapshot(topology);
  }

  /** An engine for the same streams, none of which has a place in it. */
  public Engine empty() {
    return new Engine(topology, periods, ids, seed);
  }

  /** Makes a stream known; it has no place yet. */
  public Demand demand(Stream stream) {
    int id = ids.nextClearBit(0);
    ids.set(id);
    return new Demand(id, stream, topology, periods);
  }

  /** Forgets a stream without a place. */
  public void forget(Demand demand) {
    ids.clear(demand.id);
  }

  /**
   * Finds a place among what is there, and moves nothing.
   *
   * @return null if it has one now, otherwise what was tried
   */
  public @Nullable Attempt place(Demand demand) {
    List<Placement> trees = new ArrayList<>(demand.trees());
    BitSet avoid = new BitSet();
    for (int tree = 0; tree < demand.trees(); tree++) {
      var attempt = new Attempt();
      attempt.tree = tree;
      Placement found = placer.place(demand, tree, avoid, attempt);
      if (found == null) {
        trees.forEach(occupancy::remove);
        return attempt;
      }
      occupancy.add(found);
      trees.add(found);
      for (int link : found.layout.links) {
        avoid.set(link, !topology.isOnlyLink(link));
      }
    }
    placements.keep(new Placed(demand, trees));
    Attempt misfit = fitting(demand);
    return misfit == null || triedAgain(demand, trees, misfit) ? null : misfit;
  }

  private boolean triedAgain(Demand demand, List<Placement> trees, Attempt attempt) {
    return attempt.misfit != null
        && trees.size() == 1
        && secondTry.place(demand, trees.getFirst().layout, attempt.misfit);
  }

  /** Takes a stream back whose gate lists no device can hold. */
  private @Nullable Attempt fitting(Demand demand) {
    Gates.Misfit misfit = gates.misfit(placements.of(demand.id).trees());
    if (misfit == null) {
      return null;
    }
    placements.remove(demand.id);
    var attempt = new Attempt();
    attempt.misfit = misfit;
    return attempt;
  }

  /** Puts a stream where it is known to fit; false, and nothing changed, if the gates do not. */
  boolean put(Demand demand, List<Placement> trees) {
    placements.put(demand, trees);
    return fitting(demand) == null;
  }

  /**
   * Finds a place by moving others.
   *
   * @param movable which streams may be moved
   * @param effort how many steps it may take
   * @param deadline {@link System#nanoTime} at which it gives up
   * @return where those that were moved had been, or null if nothing was found and nothing changed
   */
  public @Nullable List<Placed> eject(
      Demand demand, Predicate<Demand> movable, Effort effort, long deadline) {
    return ejector.admit(demand, movable, effort, deadline);
  }

  /**
   * Places many streams, moving them among each other.
   *
   * @param movable which of the streams that have a place already may be moved too
   * @param deadline {@link System#nanoTime} at which it begins nothing new
   * @param solver whether CP-SAT may be asked for what is left in the end
   * @return those without a place
   */
  public List<Demand> placeAll(
      List<Demand> asked, Predicate<Demand> movable, long deadline, boolean solver) {
    return new BatchSearch(this, solver).place(asked, movable, deadline);
  }

  /**
   * How much of each link is needed by streams that cannot avoid it, because it is an end station's
   * only one; 0 for all other links.
   */
  public double[] needed(List<Demand> demands) {
    double[] needed = new double[topology.links()];
    for (Demand demand : demands) {
      for (int link : topology.unavoidable(demand)) {
        needed[link] += demand.share(topology.link(link)) * demand.trees();
      }
    }
    return needed;
  }

  /** Takes a stream's place away. */
  public void remove(Demand demand) {
    placements.remove(demand.id);
  }

  /** The place of a stream that has one. */
  public Placed placed(Demand demand) {
    return placements.of(demand.id);
  }

  /** Puts streams back where they were, also forgotten ones; they must not have a place now. */
  public void restore(List<Placed> before) {
    for (Placed one : before) {
      ids.set(one.demand().id);
      placements.put(one.demand(), one.trees());
    }
  }

  public boolean has(Demand demand) {
    return placements.find(demand.id) != null;
  }

  /** Puts a stream where it is in another engine for the same streams. */
  public void copy(Demand demand, Engine other) {
    placements.put(demand, other.placements.of(demand.id).trees());
  }

  /**
   * Gives streams the places that a valid plan says they have.
   *
   * @return what this engine would not do, so that it cannot go on from there; empty if all have
   *     their places now
   */
  public List<Violation> restore(List<Demand> demands, Plan plan) {
    List<Violation> violations = new ArrayList<>();
    Restorer restorer = new Restorer(topology, occupancy);
    for (Demand demand : demands) {
      StreamPlan where = Objects.requireNonNull(plan.streams().get(demand.stream.name()));
      Placed place = restorer.read(demand, where, violations::add);
      if (place != null) {
        placements.put(demand, place.trees());
      }
    }
    for (Demand demand : violations.isEmpty() ? demands : List.<Demand>of()) {
      Gates.Misfit misfit = gates.misfit(placements.of(demand.id).trees());
      if (misfit != null) {
        violations.add(misfit.violation(topology));
      }
    }
    return violations.stream().distinct().toList();
  }

  /** Whether a stream is at the same place as in another engine for the same streams. */
  public boolean agrees(Demand demand, Engine other) {
    return placements.of(demand.id).equals(other.placements.of(demand.id));
  }

  /** Where a placed stream travels. */
  public StreamPlan plan(Demand demand) {
    return snapshot.of(placements.of(demand.id));
  }

  /** The gate list of a port; null if it sends nothing. */
  public @Nullable GateList gates(int link) {
    return gates.list(link);
  }

  /** How many frames a port sends in its cycle. */
  public int windows(int link) {
    return gates.of(link) instanceof Compiled.Listed listed ? listed.windows() : 0;
  }

  /** How much of a link is reserved, 0 to 1. */
  public double load(int link) {
    return occupancy.load[link];
  }

  void useResidues(boolean residues) {
    placer.useResidues(residues);
  }

  Placements placements() {
    return placements;
  }

  Occupancy occupancy() {
    return occupancy;
  }

  Topology topology() {
    return topology;
  }
}
