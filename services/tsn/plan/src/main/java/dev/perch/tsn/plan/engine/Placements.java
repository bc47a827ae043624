package dev.perch.tsn.plan.engine;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which stream is placed where; keeps the occupancy in step. */
final class Placements {
  private final Occupancy occupancy;
  private @Nullable Placed[] placed = new Placed[64];

  Placements(Occupancy occupancy) {
    this.occupancy = occupancy;
  }

  /** The place of a stream that has one. */
  Placed of(int id) {
    Placed found = find(id);
    if (found == null) {
      throw new IllegalStateException("stream number " + id + " has no place");
    }
    return found;
  }

  @Nullable Placed find(int id) {
    return id < placed.length ? placed[id] : null;
  }

  void put(Demand demand, List<Placement> trees) {
    trees.forEach(occupancy::add);
    keep(new Placed(demand, trees));
  }

  /** Remembers trees that are in the occupancy already. */
  void keep(Placed one) {
    int id = one.demand().id;
    if (id >= placed.length) {
      placed = Arrays.copyOf(placed, Math.max(id + 1, placed.length * 2));
    }
    placed[id] = one;
  }

  Placed remove(int id) {
    Placed gone = of(id);
    gone.trees().forEach(occupancy::remove);
    placed[id] = null;
    return gone;
  }
}
