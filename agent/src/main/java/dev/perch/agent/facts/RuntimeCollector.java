package dev.perch.agent.facts;

import dev.perch.agent.machine.Machine;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.RuntimeFacts;
import dev.perch.contract.facts.RuntimeFacts.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From sockets that answer, and the engines' own tools. */
final class RuntimeCollector implements Collector {
  private static final String CGROUP = "/sys/fs/cgroup";

  private final Machine machine;
  private final Kubernetes kubernetes;

  RuntimeCollector(Machine machine) {
    this.machine = machine;
    this.kubernetes = new Kubernetes(machine);
  }

  @Override
  public Facet facet() {
    return Facet.RUNTIME;
  }

  @Override
  public RuntimeFacts collect() {
    Unknowns unknown = new Unknowns();
    List<Engine> engines = new ArrayList<>();
    for (ContainerEngine engine : ContainerEngine.KNOWN) {
      engine.find(machine, unknown).ifPresent(engines::add);
    }
    return new RuntimeFacts(
        cgroup().orElse(null), engines, kubernetes.find(unknown).orElse(null), unknown.reasons());
  }

  private Optional<Integer> cgroup() {
    if (machine.exists(CGROUP + "/cgroup.controllers")) {
      return Optional.of(2);
    }
    return machine.names(CGROUP).isEmpty() ? Optional.empty() : Optional.of(1);
  }
}
