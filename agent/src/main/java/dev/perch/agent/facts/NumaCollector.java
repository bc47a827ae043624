package dev.perch.agent.facts;

import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Numbers;
import dev.perch.agent.machine.Unavailable;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.NumaFacts;
import dev.perch.contract.facts.NumaFacts.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From sysfs. */
final class NumaCollector implements Collector {
  private static final String NODES = "/sys/devices/system/node";

  private final Machine machine;

  NumaCollector(Machine machine) {
    this.machine = machine;
  }

  @Override
  public Facet facet() {
    return Facet.NUMA;
  }

  @Override
  public NumaFacts collect() throws Unavailable {
    Unknowns unknown = new Unknowns();
    List<Node> nodes = new ArrayList<>();
    for (String name : machine.names(NODES)) {
      if (name.matches("node\\d+")) {
        nodes.add(node(name, unknown));
      }
    }
    if (nodes.isEmpty()) {
      throw new Unavailable("the kernel shows no memory nodes");
    }
    nodes.sort(Comparator.comparingInt(Node::id));
    return new NumaFacts(nodes, unknown.reasons());
  }

  private Node node(String name, Unknowns unknown) {
    String folder = NODES + "/" + name + "/";
    String cpus = unknown.find("nodes", () -> machine.text(folder + "cpulist"));
    String meminfo = unknown.find("nodes", () -> machine.text(folder + "meminfo"));
    String distances = unknown.find("nodes", () -> machine.text(folder + "distance"));
    return new Node(
        Integer.parseInt(name.substring("node".length())),
        cpus == null ? "" : cpus,
        meminfo == null ? 0 : MemoryCollector.bytes(meminfo, "MemTotal"),
        unknown.find(
            "nodes", () -> MemoryCollector.hugepages(machine, folder + "hugepages"), List.of()),
        distances == null
            ? List.of()
            : Stream.of(distances.split("\\s+"))
                .map(Numbers::whole)
                .flatMap(Optional::stream)
                .map(Long::intValue)
                .toList());
  }
}
