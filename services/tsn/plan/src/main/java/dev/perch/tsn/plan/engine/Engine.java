package dev.perch.tsn.plan.engine;

import dev.perch.tsn.plan.model.Stream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The streams of one network that have a place, and the searches for more. Not thread-safe. */
public final class Engine {
  private final Topology topology;
  private final Periods periods = new Periods();
  private final Occupancy occupancy;
  private final Placements placements;
  private final Placer placer;
  private final Ejector ejector;
  private final BitSet ids = new BitSet();

  public Engine(Topology topology, long seed) {
    this.topology = topology;
    occupancy = new Occupancy(topology, periods);
    placements = new Placements(occupancy);
    placer = new Placer(topology, occupancy);
    ejector = new Ejector(occupancy, placer, placements, seed);
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
   * @return null if there is one now, otherwise what was tried
   */
  @Nullable Attempt place(Demand demand) {
    List<Placement> trees = new ArrayList<>(demand.trees());
    BitSet avoid = new BitSet();
    for (int tree = 0; tree < demand.trees(); tree++) {
      var attempt = new Attempt();
      Placement found = placer.place(demand, tree, avoid, attempt);
      if (found == null) {
        trees.forEach(occupancy::remove);
        return attempt;
      }
      occupancy.add(found);
      trees.add(found);
      for (int link : found.layout.links) {
        avoid.set(link, !isOnlyLink(link));
      }
    }
    placements.keep(new Placed(demand, trees));
    return null;
  }

  /** Whether an end station has no other link in this direction. */
  private boolean isOnlyLink(int link) {
    int sender = topology.from[link];
    int receiver = topology.to[link];
    return !topology.bridge[sender] && topology.outgoing[sender].length == 1
        || !topology.bridge[receiver] && topology.incoming[receiver].length == 1;
  }

  @Nullable Set<Integer> eject(Demand demand, Predicate<Demand> movable, int limit, long deadline) {
    return ejector.admit(demand, movable, limit, deadline);
  }

  void remove(Demand demand) {
    placements.remove(demand.id);
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
}
