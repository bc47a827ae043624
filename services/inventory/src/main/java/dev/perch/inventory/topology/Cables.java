package dev.perch.inventory.topology;

import dev.perch.contract.inventory.SiteTopology;
import dev.perch.contract.inventory.SiteTopology.Link;
import dev.perch.contract.inventory.SiteTopology.Node;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Of a topology what has a cable, always in the same order. */
record Cables(List<Node> nodes, List<Link> links) {
  private static final Comparator<Node> HOSTS_FIRST =
      Comparator.<Node, Boolean>comparing(node -> node.hostId() == null).thenComparing(Node::id);

  Cables {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
  }

  static Cables of(SiteTopology topology) {
    return new Cables(topology.nodes(), topology.links());
  }

  static Cables of(Topology topology) {
    Map<String, String> nodeOf =
        topology.ports().stream().collect(Collectors.toMap(Topology.Port::id, Topology.Port::node));
    Set<String> cabled =
        topology.links().stream()
            .flatMap(link -> Stream.of(link.a(), link.b()))
            .map(port -> nodeOf.getOrDefault(port, port))
            .collect(Collectors.toSet());
    return new Cables(
        topology.nodes().stream()
            .filter(node -> cabled.contains(node.id()))
            .map(Cables::node)
            .sorted(HOSTS_FIRST)
            .toList(),
        topology.links().stream()
            .map(link -> new Link(link.a(), link.b(), link.seenBy()))
            .toList());
  }

  /** What a host is called is told by its own events. */
  private static Node node(Topology.Node node) {
    return new Node(node.id(), node.hostId(), node.hostId() == null ? node.name() : null);
  }
}
