package dev.perch.agent.facts;

import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Unavailable;
import dev.perch.agent.probe.KvmProbe;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.VirtualisationFacts;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** From sysfs, {@code lscpu} and a virtual machine that is really run. */
final class VirtualisationCollector implements Collector {
  private static final String INTEL = "/sys/module/kvm_intel/parameters/";
  private static final String AMD = "/sys/module/kvm_amd/parameters/";

  private final Machine machine;
  private final KvmProbe kvm;

  VirtualisationCollector(Machine machine, KvmProbe kvm) {
    this.machine = machine;
    this.kvm = kvm;
  }

  @Override
  public Facet facet() {
    return Facet.VIRTUALISATION;
  }

  @Override
  public VirtualisationFacts collect() {
    Unknowns unknown = new Unknowns();
    Map<String, String> lscpu =
        unknown.find("cpuExtension", () -> CpuCollector.lscpu(machine), Map.of());
    Set<String> flags = Set.of(lscpu.getOrDefault("Flags", "").split(" "));
    return new VirtualisationFacts(
        unknown.find("hypervisor", () -> hypervisor(lscpu, flags)),
        Stream.of("vmx", "svm").filter(flags::contains).findFirst().orElse(null),
        kvm.result(),
        unknown.find("nested", this::nested),
        opens("/dev/vhost-net"),
        opens("/dev/vhost-vsock"),
        machine.names("/sys/kernel/iommu_groups").size(),
        unknown.find("confidential", this::confidential, List.of()),
        unknown.reasons());
  }

  private Optional<String> hypervisor(Map<String, String> lscpu, Set<String> flags)
      throws Unavailable {
    Optional<String> told = Optional.ofNullable(lscpu.get("Hypervisor vendor"));
    if (told.isPresent() || !flags.contains("hypervisor")) {
      return told;
    }
    return Optional.of(machine.tool("systemd-detect-virt", "--vm").strip());
  }

  private Optional<Boolean> nested() throws Unavailable {
    for (String folder : List.of(INTEL, AMD)) {
      if (machine.exists(folder + "nested")) {
        return Optional.of(machine.flag(folder + "nested"));
      }
    }
    return Optional.empty();
  }

  private boolean opens(String device) {
    try (FileChannel channel =
        FileChannel.open(machine.at(device), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.isOpen();
    } catch (IOException e) {
      return false;
    }
  }

  private List<String> confidential() throws Unavailable {
    List<String> found = new ArrayList<>();
    for (String name : List.of("sev", "sev_es", "sev_snp")) {
      if (machine.flag(AMD + name)) {
        found.add(name.replace('_', '-'));
      }
    }
    if (machine.flag(INTEL + "tdx")) {
      found.add("tdx");
    }
    return found;
  }
}
