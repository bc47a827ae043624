package dev.perch.bench.soak.life;

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
import dev.perch.contract.facts.TopologyFacts;
import dev.perch.contract.facts.TopologyFacts.Neighbour;
import dev.perch.contract.link.FacetReport;
import java.util.List;
import java.util.Map;

/** What a simulated host says of itself: a server with two cables, to two switches. */
record Hardware(int number) {
  private static final Map<String, String> KNOWN = Map.of();
  private static final long GIB = 1L << 30;

  /** All of it, as when its agent starts. */
  List<FacetReport> all() {
    return List.of(
            identity(),
            cpu(),
            memory(0),
            numa(),
            disks(),
            network(0),
            topology(),
            kernel(0),
            clock(true))
        .stream()
        .map(Facts::report)
        .toList();
  }

  private Facts identity() {
    return new IdentityFacts(
        "h-" + number,
        "m-" + number,
        null,
        "SN-" + number,
        "Acme",
        "Box",
        null,
        23,
        null,
        null,
        KNOWN);
  }

  private static Facts cpu() {
    return new CpuFacts(
        "x86_64", null, "A", null, null, null, null, 32, "0-31", null, null, 1, 16, 2, null,
        Map.of(), List.of(), Map.of(), KNOWN);
  }

  /** With so many pages more set aside: an operator's change. */
  static Facts memory(int pages) {
    return new MemoryFacts(
        64 * GIB, 0, List.of(new Hugepages(1 << 21, 1024 + pages)), "madvise", KNOWN);
  }

  private static Facts numa() {
    return new NumaFacts(
        List.of(
            new NumaFacts.Node(
                0, "0-31", 64 * GIB, List.of(new Hugepages(1 << 21, 1024)), List.of(10))),
        KNOWN);
  }

  private static Facts disks() {
    return new DisksFacts(
        List.of(
            new DisksFacts.Device(
                "sda", "disk", List.of(), 100 * GIB, null, null, null, null, null, null, false,
                false, false, 512, 4096, null, null, null, null, null)),
        KNOWN);
  }

  /** With another address on its second port, as a lease brings it. */
  Facts network(int lease) {
    return new NetworkFacts(
        List.of(
            port(0, "192.0.2." + number % 256 + "/24"),
            port(1, "198.51.100." + lease % 256 + "/24")),
        KNOWN);
  }

  private Interface port(int port, String address) {
    String mac =
        "02:%02x:%02x:%02x:00:%02x"
            .formatted(number >> 16 & 255, number >> 8 & 255, number & 255, port);
    return new Interface(
        "eth" + port,
        List.of(),
        "ether",
        null,
        mac,
        null,
        1500,
        true,
        "UP",
        null,
        null,
        null,
        List.of(address),
        "pci",
        null,
        null,
        null,
        null,
        null,
        null,
        10_000,
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

  private Facts topology() {
    return new TopologyFacts(List.of(cable(0), cable(1)), KNOWN);
  }

  private Neighbour cable(int port) {
    return new Neighbour(
        "eth" + port,
        "local",
        "leaf-" + port,
        "leaf-" + port,
        null,
        "ifname",
        "swp" + number % 100,
        null,
        List.of(),
        List.of(),
        null);
  }

  /** After so many updates. */
  static Facts kernel(int updates) {
    return new KernelFacts(
        "Linux", "6.1." + updates, null, null, false, 0, Map.of(), List.of(), KNOWN);
  }

  static Facts clock(boolean synchronised) {
    return new TimeFacts(
        "tsc", List.of("tsc"), "UTC", synchronised, List.of("chronyd"), List.of(), true, KNOWN);
  }
}
