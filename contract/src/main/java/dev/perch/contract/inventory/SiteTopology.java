package dev.perch.contract.inventory;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a site's hosts are cabled to, as they tell by LLDP (IEEE 802.1AB): the value on {@code
 * perch.inventory.topologies}. A site of which nobody has told anything yet has none.
 *
 * @param siteId the key
 * @param nodes whatever has a cable, hosts first
 * @param links by their ends
 * @param version gap-free, starts at 1
 */
public record SiteTopology(
    UUID siteId, List<Node> nodes, List<Link> links, long version, Instant updatedAt) {

  public SiteTopology {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
  }

  /**
   * A machine.
   *
   * @param id {@code hosts/<id>}, or {@code chassis/<type>/<id>}
   * @param hostId of a host
   * @param name of a neighbour that is no host, as it calls itself
   */
  public record Node(String id, @Nullable UUID hostId, @Nullable String name) {}

  /**
   * A cable.
   *
   * @param a the port whose id comes first: the node's id and the port's name, with a slash between
   * @param b the other port
   * @param seenBy the nodes that have told of it
   */
  public record Link(String a, String b, List<String> seenBy) {
    public Link {
      seenBy = List.copyOf(seenBy);
    }
  }
}
