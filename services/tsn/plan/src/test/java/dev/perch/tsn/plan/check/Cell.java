package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Node;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Port;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A small network and streams placed in it by hand, one after the other.
 *
 * <pre>
 * a ─ x ─── y ─ c
 * b ─ ┘ z ─ ┘ ─ d      x─z and z─y are a second way from x to y
 * </pre>
 */
final class Cell {
  static final List<String> A_C = List.of("a-x", "x-y", "y-c");
  static final List<String> B_C = List.of("b-x", "x-y", "y-c");
  static final List<String> AROUND = List.of("a-x", "x-z", "z-y", "y-c");

  final Network network;
  final List<Stream> streams = new ArrayList<>();
  final Map<String, StreamPlan> plans = new LinkedHashMap<>();

  private Cell(Network network) {
    this.network = network;
  }

  /** A network of which every clock may be wrong by so many ns. */
  static Cell with(long clockError, DeviceProfile device) {
    List<Node> nodes = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      nodes.add(new EndStation(name, clockError, device));
    }
    for (String name : List.of("x", "y", "z")) {
      nodes.add(new Bridge(name, clockError, device));
    }
    List<Link> links = new ArrayList<>();
    for (String pair : List.of("a x", "b x", "c y", "d y", "x y", "x z", "z y")) {
      String[] ends = pair.split(" ", 2);
      links.add(Link.of(ends[0], ends[1], 1000, 1000).withPort(Port.of(1000, 2)));
      links.add(Link.of(ends[1], ends[0], 1000, 1000).withPort(Port.of(1000, 2)));
    }
    return new Cell(new Network(nodes, links));
  }

  static Cell exact() {
    return with(0, DeviceProfile.UNLIMITED);
  }

  /** Five streams of all kinds: alone, multicast, burst, waiting, seamless. */
  static Cell full(long clockError, DeviceProfile device) {
    Cell cell = with(clockError, device);
    cell.place(
        Stream.of("single", "a", List.of("c"), 1_000_000, 500).but().maxLatency(40_000L).build(),
        cell.tree(7, 0, 500, 1, A_C));
    Tree many = cell.tree(7, 60_000, 1000, 1, B_C);
    cell.place(
        Stream.of("many", "b", List.of("c", "d"), 500_000, 1000)
            .but()
            .maxLatency(60_000L)
            .maxJitter(4 * clockError)
            .build(),
        new Tree(
            List.of(
                many.hops().get(0),
                many.hops().get(1),
                many.hops().get(2),
                new Hop("y-d", 7, many.hops().get(2).starts()))));
    cell.place(
        Stream.of("burst", "a", List.of("d"), 1_000_000, 300).but().framesPerInterval(3).build(),
        cell.tree(7, 120_000, 300, 3, List.of("a-x", "x-y", "y-d")));
    cell.place(
        Stream.of("waits", "b", List.of("c"), 1_000_000, 400).but().earliestOffset(150_000).build(),
        cell.delayed(cell.tree(6, 180_000, 400, 1, B_C), 1, 20_000));
    cell.place(
        Stream.of("seamless", "a", List.of("c"), 1_000_000, 200).but().seamlessTrees(2).build(),
        cell.tree(7, 260_000, 200, 1, A_C),
        cell.tree(7, 260_000, 200, 1, AROUND));
    return cell;
  }

  void place(Stream stream, Tree... trees) {
    streams.add(stream);
    plans.put(stream.name(), new StreamPlan(stream.name(), List.of(trees)));
  }

  /** As early as the frame can be, link after link. */
  Tree tree(int queue, long offset, int bytes, int frames, List<String> route) {
    List<Hop> hops = new ArrayList<>();
    long start = offset;
    for (int i = 0; i < route.size(); i++) {
      Link link = network.link(route.get(i)).orElseThrow();
      if (i > 0) {
        Link before = network.link(route.get(i - 1)).orElseThrow();
        start +=
            before.forwardingDelay(bytes, link)
                + network.sender(before).clockError()
                + network.sender(link).clockError();
      }
      List<Long> starts = new ArrayList<>();
      for (int frame = 0; frame < frames; frame++) {
        long apart = link.wireTime(bytes) + 2 * network.sender(link).clockError();
        starts.add(start + frame * apart);
      }
      hops.add(new Hop(link.name(), queue, starts));
    }
    return new Tree(hops);
  }

  /** The same from a hop on by so much later. */
  Tree delayed(Tree tree, int from, long by) {
    List<Hop> hops = new ArrayList<>(tree.hops());
    for (int i = from; i < hops.size(); i++) {
      Hop hop = hops.get(i);
      hops.set(
          i,
          new Hop(
              hop.link(), hop.queue(), hop.starts().stream().map(start -> start + by).toList()));
    }
    return new Tree(hops);
  }

  StreamPlan planOf(String stream) {
    return Objects.requireNonNull(plans.get(stream));
  }

  Plan plan() {
    return new Plan(plans, ExactGates.of(network, streams, plans));
  }

  PlanCheck.Report check() {
    return PlanCheck.check(network, streams, plan());
  }
}
