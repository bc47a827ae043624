package dev.perch.contract.facts;

import java.util.List;
import java.util.Map;

/**
 * Memory nodes.
 *
 * @param nodes by id
 * @param unknown what could not be found out, by field, and why
 */
public record NumaFacts(List<Node> nodes, Map<String, String> unknown) implements Facts {

  public NumaFacts {
    nodes = List.copyOf(nodes);
    unknown = Map.copyOf(unknown);
  }

  @Override
  public Facet facet() {
    return Facet.NUMA;
  }

  /**
   * A memory node.
   *
   * @param id its number
   * @param cpus its processors: 0-3,8; empty for none
   * @param memoryBytes its memory
   * @param hugepages its pools of huge pages
   * @param distances to each node, by id; 10 is itself
   */
  public record Node(
      int id,
      String cpus,
      long memoryBytes,
      List<MemoryFacts.Hugepages> hugepages,
      List<Integer> distances) {

    public Node {
      hugepages = List.copyOf(hugepages);
      distances = List.copyOf(distances);
    }
  }
}
