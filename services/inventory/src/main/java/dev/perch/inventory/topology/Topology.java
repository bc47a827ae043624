package dev.perch.inventory.topology;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A graph of hosts and what they are cabled to.
 *
 * @param nodes hosts first, each kind by name
 * @param ports by id
 * @param links by their ends
 */
record Topology(List<Node> nodes, List<Port> ports, List<Link> links) {

  Topology {
    nodes = List.copyOf(nodes);
    ports = List.copyOf(ports);
    links = List.copyOf(links);
  }

  /** What a node is. */
  enum Kind {
    HOST,
    /** Something else that speaks LLDP: most often a switch. */
    NEIGHBOUR
  }

  /**
   * A machine.
   *
   * @param id {@code hosts/<id>}, or {@code chassis/<type>/<id>}
   * @param hostId of a host
   * @param siteId where it was seen
   */
  record Node(String id, Kind kind, String name, @Nullable UUID hostId, UUID siteId) {}

  /**
   * Where a cable ends.
   *
   * @param id the node's id and the port's name, with a slash between
   * @param state RFC 2863, as the host reports it; absent of neighbours
   */
  record Port(
      String id,
      String node,
      String name,
      @Nullable String mac,
      @Nullable String state,
      @Nullable Integer speedMbps) {}

  /**
   * A cable.
   *
   * @param a the end whose id comes first
   * @param seenBy the nodes that have told of it
   */
  record Link(String a, String b, List<String> seenBy) {
    Link {
      seenBy = List.copyOf(seenBy);
    }
  }
}
