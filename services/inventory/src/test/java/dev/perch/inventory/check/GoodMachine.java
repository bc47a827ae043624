package dev.perch.inventory.check;

import dev.perch.contract.facts.CpuFacts;
import dev.perch.contract.facts.DisksFacts;
import dev.perch.contract.facts.Facts;
import dev.perch.contract.facts.IdentityFacts;
import dev.perch.contract.facts.KernelFacts;
import dev.perch.contract.facts.MemoryFacts;
import dev.perch.contract.facts.MemoryFacts.Hugepages;
import dev.perch.contract.facts.NetworkFacts;
import dev.perch.contract.facts.NetworkFacts.Interface;
import dev.perch.contract.facts.NumaFacts;
import dev.perch.contract.facts.TimeFacts;
import dev.perch.contract.link.FacetReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a machine says that has nothing wrong with it. */
public final class GoodMachine {
  private static final Map<String, String> KNOWN = Map.of();
  private static final long GIB = 1L << 30;

  private GoodMachine() {}

  public static List<Facts> facts() {
    return List.of(
        new IdentityFacts("h-1", "m-1", null, "SN-1", "Acme", "Box", null, 23, null, null, KNOWN),
        new CpuFacts(
            "x86_64", null, "A", null, null, null, null, 8, "0-7", null, null, 1, 8, 1, null,
            Map.of(), List.of(), Map.of(), KNOWN),
        memory(new Hugepages(1 << 21, 1024)),
        new NumaFacts(
            List.of(
                new NumaFacts.Node(
                    0, "0-7", 32 * GIB, List.of(new Hugepages(1 << 21, 1024)), List.of(10))),
            KNOWN),
        disks(false),
        network(card("eth0", "UP", null)),
        new KernelFacts("Linux", "6.1.0", null, null, false, 0, Map.of(), List.of(), KNOWN),
        time(true, "chronyd"));
  }

  /** As its agent sends them. */
  public static List<FacetReport> reports() {
    return facts().stream().map(Facts::report).toList();
  }

  public static TimeFacts time(@Nullable Boolean synchronised, String... services) {
    return new TimeFacts(
        "tsc", List.of("tsc"), "UTC", synchronised, List.of(services), List.of(), true, KNOWN);
  }

  static MemoryFacts memory(Hugepages... pools) {
    return new MemoryFacts(32 * GIB, 0, List.of(pools), "madvise", KNOWN);
  }

  static DisksFacts disks(boolean removable) {
    return new DisksFacts(
        List.of(
            new DisksFacts.Device(
                "sda", "disk", List.of(), 100 * GIB, null, null, null, null, null, null, false,
                removable, false, 512, 4096, null, null, null, null, null)),
        KNOWN);
  }

  public static NetworkFacts network(Interface... interfaces) {
    return new NetworkFacts(List.of(interfaces), KNOWN);
  }

  public static Interface card(String name, String state, @Nullable String master) {
    return port(name, null, 1500, state, master, null, null);
  }

  static Interface bond(String name) {
    return port(name, "bond", 1500, "UP", null, null, null);
  }

  static Interface vlan(String parent, int mtu) {
    return port(parent + ".7", "vlan", mtu, "UP", null, parent, 7);
  }

  private static Interface port(
      String name,
      @Nullable String kind,
      int mtu,
      String state,
      @Nullable String master,
      @Nullable String parent,
      @Nullable Integer vlan) {
    return new Interface(
        name,
        List.of(),
        "ether",
        kind,
        "02:00:00:00:00:01",
        null,
        mtu,
        true,
        state,
        master,
        parent,
        vlan,
        List.of("192.0.2.7/24"),
        "pci",
        null,
        null,
        null,
        null,
        null,
        null,
        1000,
        "full",
        true,
        1,
        1,
        null,
        null,
        List.of(),
        List.of(),
        null);
  }
}
