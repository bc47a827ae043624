package dev.perch.tsn.plan.engine;

import dev.perch.tsn.plan.gate.Compiled;
import dev.perch.tsn.plan.gate.GateCompiler;
import dev.perch.tsn.plan.gate.Transmission;
import dev.perch.tsn.plan.gate.Uncompilable;
import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gate lists of all ports, compiled when they are asked for and kept until something goes from
 * a port. What comes to a port is added to its list, where that gives the list of all.
 */
final class Gates implements Occupancy.Watcher {
  /** More than so many are not added one by one. */
  private static final int FEW = 8;

  private final Topology topology;
  private final Occupancy occupancy;
  private final Placements placements;
  private final @Nullable Compiled[] compiled;

  /** What has come to a port since its list was compiled. */
  private final Map<Integer, List<Placement>> added = new HashMap<>();

  Gates(Topology topology, Occupancy occupancy, Placements placements) {
    this.topology = topology;
    this.occupancy = occupancy;
    this.placements = placements;
    compiled = new Compiled[topology.links()];
  }

  @Override
  public void went(int link, Placement placement) {
    List<Placement> since = added.get(link);
    // What came and went before anybody asked was only tried.
    if (since == null || !since.remove(placement)) {
      forget(link);
    } else if (since.isEmpty()) {
      added.remove(link);
    }
  }

  private void forget(int link) {
    compiled[link] = null;
    added.remove(link);
  }

  @Override
  public void came(int link, Placement placement) {
    boolean extensible =
        compiled[link] instanceof Compiled.Listed
            && topology.sender(link).device().equals(DeviceProfile.UNLIMITED);
    List<Placement> since = extensible ? added.computeIfAbsent(link, n -> new ArrayList<>()) : null;
    if (since == null || since.size() == FEW) {
      forget(link);
    } else {
      since.add(placement);
    }
  }

  /** Where a device cannot hold what it should send; null if all on these trees can. */
  @Nullable Misfit misfit(List<Placement> trees) {
    for (Placement tree : trees) {
      for (int link : tree.layout.links) {
        DeviceProfile device = topology.sender(link).device();
        long cycle = occupancy.calendar(link).cycle();
        if (cycle > device.maxCycle()) {
          return new Misfit(link, new Uncompilable("maxCycle", cycle, device.maxCycle()));
        }
        if (!device.equals(DeviceProfile.UNLIMITED) && of(link) instanceof Uncompilable limit) {
          return new Misfit(link, limit);
        }
      }
    }
    return null;
  }

  /** The list of a port; null if it sends nothing. */
  @Nullable Compiled of(int link) {
    Compiled known = compiled[link];
    List<Placement> since = added.remove(link);
    if (since != null && known instanceof Compiled.Listed listed) {
      List<Transmission> more = new ArrayList<>();
      since.forEach(placement -> add(placement, link, more));
      known = GateCompiler.extend(topology.link(link), listed, more);
      compiled[link] = known;
    }
    if (known == null) {
      known = compile(link);
      compiled[link] = known;
    }
    return known;
  }

  @Nullable GateList list(int link) {
    return of(link) instanceof Compiled.Listed listed ? listed.list() : null;
  }

  private @Nullable Compiled compile(int link) {
    List<Transmission> transmissions = transmissions(link);
    if (transmissions.isEmpty()) {
      return null;
    }
    Link model = topology.link(link);
    DeviceProfile device = topology.sender(link).device();
    // What the ports of a bridge share is divided evenly, so that no port depends on another one.
    int share = device.bridgeListLength() / topology.outgoing[topology.from[link]].length;
    return GateCompiler.compile(model, device, transmissions, share);
  }

  private List<Transmission> transmissions(int link) {
    int[] owners = occupancy.calendar(link).owners();
    Arrays.sort(owners);
    List<Transmission> transmissions = new ArrayList<>();
    int previous = -1;
    for (int owner : owners) {
      if (owner != previous) {
        for (Placement tree : placements.of(owner).trees()) {
          add(tree, link, transmissions);
        }
      }
      previous = owner;
    }
    return transmissions;
  }

  private void add(Placement tree, int link, List<Transmission> transmissions) {
    Layout layout = tree.layout;
    for (int hop = 0; hop < layout.hops(); hop++) {
      if (layout.links[hop] == link) {
        int parent = layout.parents[hop];
        int patience = parent < 0 ? 0 : layout.spacings[hop] - layout.spacings[parent];
        transmissions.add(
            new Transmission(
                layout.demand.period,
                tree.starts[hop],
                layout.demand.frames,
                layout.spacings[hop],
                (int) topology.link(link).wireTime(layout.demand.frameBytes),
                tree.lead(hop),
                patience,
                tree.queues[hop]));
        return;
      }
    }
  }

  /** A port whose device cannot do what it should. */
  record Misfit(int link, Uncompilable limit) {
    Violation violation(Topology topology) {
      return new Violation(
          "gate list of " + topology.link(link).name() + ": " + limit.limit(),
          Long.toString(limit.needed()),
          "must be at most " + limit.allowed());
    }
  }
}
