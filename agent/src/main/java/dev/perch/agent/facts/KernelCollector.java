package dev.perch.agent.facts;

import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Unavailable;
import dev.perch.agent.probe.QdiscProbe;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.KernelFacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** From /proc, the kernel's own configuration, and a probe of its queueing disciplines. */
final class KernelCollector implements Collector {
  /** What deterministic networks and the isolation of guests are built from. */
  private static final List<String> OPTIONS =
      List.of(
          "CONFIG_NET_SCH_TAPRIO",
          "CONFIG_NET_SCH_ETF",
          "CONFIG_NET_SCH_CBS",
          "CONFIG_NET_SCH_MQPRIO",
          "CONFIG_NET_SCH_FQ",
          "CONFIG_NET_CLS_FLOWER",
          "CONFIG_NET_ACT_GATE",
          "CONFIG_PTP_1588_CLOCK",
          "CONFIG_NETWORK_PHY_TIMESTAMPING",
          "CONFIG_VLAN_8021Q",
          "CONFIG_BRIDGE_VLAN_FILTERING",
          "CONFIG_HSR",
          "CONFIG_XDP_SOCKETS",
          "CONFIG_PREEMPT_RT",
          "CONFIG_NO_HZ_FULL",
          "CONFIG_CPU_ISOLATION",
          "CONFIG_HIGH_RES_TIMERS",
          "CONFIG_IGB",
          "CONFIG_IGC",
          "CONFIG_STMMAC_ETH",
          "CONFIG_KVM",
          "CONFIG_VHOST_NET",
          "CONFIG_VHOST_VSOCK",
          "CONFIG_VFIO_PCI");

  private final Machine machine;
  private final QdiscProbe qdiscs;

  KernelCollector(Machine machine, QdiscProbe qdiscs) {
    this.machine = machine;
    this.qdiscs = qdiscs;
  }

  @Override
  public Facet facet() {
    return Facet.KERNEL;
  }

  @Override
  public KernelFacts collect() throws Unavailable {
    String release =
        machine
            .text("/proc/sys/kernel/osrelease")
            .orElseThrow(() -> new Unavailable("/proc/sys/kernel/osrelease is not there"));
    Unknowns unknown = new Unknowns();
    return new KernelFacts(
        machine.text("/proc/sys/kernel/ostype").orElse("Linux"),
        release,
        unknown.find("version", () -> machine.text("/proc/sys/kernel/version")),
        unknown.find("commandLine", () -> machine.text("/proc/cmdline")),
        unknown.find("realtime", () -> machine.flag("/sys/kernel/realtime"), false),
        unknown.find(
            "tainted", () -> machine.number("/proc/sys/kernel/tainted").map(Long::intValue)),
        unknown.find("options", () -> options(release), Map.of()),
        unknown.find("qdiscs", qdiscs::results, List.of()),
        unknown.reasons());
  }

  private Map<String, String> options(String release) throws Unavailable {
    String config =
        compressed()
            .or(() -> plain("/boot/config-" + release))
            .or(() -> plain("/usr/lib/modules/" + release + "/config"))
            .orElseThrow(() -> new Unavailable("the kernel's configuration is not on the machine"));
    Map<String, String> set = new TreeMap<>();
    config
        .lines()
        .filter(line -> line.startsWith("CONFIG_"))
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> set.put(parts[0], parts[1]));
    Map<String, String> found = new TreeMap<>();
    OPTIONS.forEach(option -> found.put(option, set.getOrDefault(option, "n")));
    return found;
  }

  private Optional<String> compressed() throws Unavailable {
    Optional<byte[]> bytes = machine.bytes("/proc/config.gz");
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes.get()))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new Unavailable("/proc/config.gz is damaged");
    }
  }

  private Optional<String> plain(String path) {
    try {
      return machine.text(path);
    } catch (Unavailable e) {
      // Debian lets only root read it; the next place may be open.
      return Optional.empty();
    }
  }
}
