package dev.perch.agent.facts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Recorded;
import dev.perch.agent.machine.Unavailable;
import dev.perch.agent.probe.KvmProbe;
import dev.perch.agent.probe.QdiscProbe;
import dev.perch.contract.facts.CpuFacts;
import dev.perch.contract.facts.DisksFacts;
import dev.perch.contract.facts.DisksFacts.Device;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.Facts;
import dev.perch.contract.facts.IdentityFacts;
import dev.perch.contract.facts.MemoryFacts;
import dev.perch.contract.facts.NetworkFacts;
import dev.perch.contract.facts.NetworkFacts.Interface;
import dev.perch.contract.facts.NetworkFacts.Timestamping;
import dev.perch.contract.facts.TopologyFacts;
import dev.perch.contract.link.FacetDigest;
import dev.perch.contract.link.FacetReport;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordedMachinesTest {
  private static final Pattern NOTHING = Pattern.compile("");

  @Test
  void theProcessorOfADesktop() throws Unavailable {
    CpuFacts cpu = new CpuCollector(Recorded.machine("asrock-b850")).collect();

    assertThat(cpu.vendor()).isEqualTo("AuthenticAMD");
    assertThat(cpu.model()).isEqualTo("AMD Ryzen 7 8700F 8-Core Processor");
    assertThat(cpu.logical()).isEqualTo(16);
    assertThat(cpu.coresPerSocket()).isEqualTo(8);
    assertThat(cpu.threadsPerCore()).isEqualTo(2);
    assertThat(cpu.maxMhz()).isEqualTo(5055);
    assertThat(cpu.microcode()).isEqualTo("0xa705208");
    assertThat(cpu.flags()).contains("svm", "avx512f").isSorted();
    assertThat(cpu.caches()).containsEntry("L3", "16 MiB (1 instance)");
    assertThat(cpu.vulnerabilities())
        .containsEntry("meltdown", "Not affected")
        .containsEntry("tsa", "Mitigation; Clear CPU buffers");
  }

  @Test
  void theProcessorOfANotebook() throws Unavailable {
    CpuFacts cpu = new CpuCollector(Recorded.machine("dell-latitude-5420")).collect();

    assertThat(cpu.model()).isEqualTo("11th Gen Intel(R) Core(TM) i5-1145G7 @ 2.60GHz");
    assertThat(cpu.online()).isEqualTo("0-7");
    assertThat(cpu.flags()).contains("vmx").doesNotContain("svm");
  }

  @Test
  void theProcessorAsAnOldToolPrintsIt() throws Unavailable {
    CpuFacts cpu = new CpuCollector(Recorded.machine("core-i5-m460")).collect();

    assertThat(cpu.logical()).isEqualTo(4);
    assertThat(cpu.maxMhz()).isEqualTo(2534);
    assertThat(cpu.caches()).containsEntry("L2", "256K");
    assertThat(cpu.vulnerabilities()).isEmpty();
  }

  @Test
  void theProcessorOfAVirtualMachine() throws Unavailable {
    CpuFacts cpu = new CpuCollector(Recorded.machine("firecracker")).collect();

    assertThat(cpu.logical()).isEqualTo(2);
    assertThat(cpu.maxMhz()).isNull();
    assertThat(cpu.flags()).contains("hypervisor").doesNotContain("vmx", "svm");
    assertThat(cpu.vulnerabilities()).containsKeys("meltdown", "spectre v2");
  }

  @Test
  void partitionsLieOnTheirDisksAndCompressedMemoryIsNoDisk() throws Unavailable {
    DisksFacts disks = new DisksCollector(Recorded.machine("dell-latitude-5420")).collect();

    assertThat(disks.devices())
        .extracting(Device::name)
        .containsExactly("nvme0n1", "nvme0n1p1", "nvme0n1p2", "nvme0n1p3");
    assertThat(disks.devices().get(3).parents()).containsExactly("nvme0n1");
    assertThat(disks.devices().getFirst())
        .satisfies(disk -> assertThat(disk.model()).isEqualTo("Samsung SSD 990 EVO Plus 1TB"))
        .satisfies(disk -> assertThat(disk.sizeBytes()).isEqualTo(1000204886016L))
        .satisfies(disk -> assertThat(disk.rotational()).isFalse());
  }

  @Test
  void severalDisksAreThereByName() throws Unavailable {
    DisksFacts disks = new DisksCollector(Recorded.machine("asrock-b850")).collect();

    assertThat(disks.devices())
        .filteredOn(device -> device.type().equals("disk"))
        .extracting(Device::model)
        .containsExactly("Lexar SSD NM1090 PRO 1TB", "Samsung SSD 990 EVO Plus 4TB");
  }

  @Test
  void whatAManufacturerDidNotFillInIsNoFact() {
    IdentityFacts identity = new IdentityCollector(Recorded.machine("asrock-b850")).collect();

    assertThat(identity.vendor()).isEqualTo("ASRock");
    assertThat(identity.systemUuid()).isNull();
    assertThat(identity.firmware())
        .isEqualTo(
            new IdentityFacts.Firmware(
                "American Megatrends International, LLC.", "3.16", "12/18/2024"));
  }

  @Test
  void aMachineWithoutSmbiosSaysSo() {
    IdentityFacts identity = new IdentityCollector(Recorded.machine("firecracker")).collect();

    assertThat(identity.serial()).isNull();
    assertThat(identity.unknown())
        .containsEntry("serial", "the machine has neither SMBIOS nor a device tree");
    assertThat(requireNonNull(identity.operatingSystem()).id()).isEqualTo("debian");
  }

  @Test
  void memoryIsInBytes() throws Unavailable {
    MemoryFacts memory = new MemoryCollector(Recorded.machine("asrock-b850")).collect();

    assertThat(memory.totalBytes()).isEqualTo(32427292L * 1024);
    assertThat(memory.swapBytes()).isEqualTo(32767996L * 1024);
  }

  @Test
  void interfacesOfEveryKind() throws Unavailable {
    NetworkFacts network = new NetworkCollector(Recorded.machine("thinkpad"), NOTHING).collect();

    assertThat(network.interfaces())
        .extracting(Interface::name)
        .containsExactly("enp0s31f6", "lo", "tun0", "tun1", "wg0", "wlan0", "wwan0");
    assertThat(named(network, "enp0s31f6").device()).isNull();
    assertThat(named(network, "enp0s31f6").bus()).isEqualTo("pci");
    assertThat(named(network, "wg0").kind()).isEqualTo("wireguard");
    assertThat(named(network, "wwan0").adminUp()).isFalse();
    assertThat(named(network, "wwan0").state()).isEqualTo("DOWN");
  }

  @Test
  void temporaryAddressesAreNoFacts() throws Unavailable {
    NetworkFacts network = new NetworkCollector(Recorded.machine("thinkpad"), NOTHING).collect();

    assertThat(named(network, "wlan0").addresses())
        .containsExactly(
            "192.168.178.142/24",
            "2001:9e8:a19f:1c00:f24f:f724:5dd1:d0ad/64",
            "fe80::fec1:6ced:5268:b46c/64");
  }

  @Test
  void interfacesThatContainersMakeAreLeftOut() throws Unavailable {
    NetworkFacts network =
        new NetworkCollector(Recorded.machine("thinkpad"), Pattern.compile("tun\\d|w.*")).collect();

    assertThat(network.interfaces()).extracting(Interface::name).containsExactly("enp0s31f6", "lo");
  }

  @Test
  void anInterfaceWithADeviceIsAskedForItsOffloads() throws Unavailable {
    NetworkFacts network = new NetworkCollector(Recorded.machine("firecracker"), NOTHING).collect();

    Interface eth0 = named(network, "eth0");
    assertThat(eth0.driver()).isEqualTo("virtio_net");
    assertThat(eth0.pciId()).isEqualTo("1af4:0001");
    assertThat(eth0.permanentMac()).isEqualTo(eth0.mac());
    assertThat(eth0.features()).contains("tx-checksumming").doesNotContain("rx-gro-list");
    assertThat(eth0.changeableFeatures()).contains("rx-gro-list");
    assertThat(requireNonNull(eth0.timestamping()).capabilities())
        .contains("software-transmit")
        .doesNotContain("hardware-transmit");
  }

  @Test
  void hardwareTimestampsAsAnOldToolPrintsThem() {
    Ethtool ethtool = Ethtool.ask(Recorded.machine("thinkpad"), "enp0s31f6", new Unknowns());

    assertThat(ethtool.timestamping())
        .isEqualTo(
            new Timestamping(
                List.of(
                    "hardware-raw-clock",
                    "hardware-receive",
                    "hardware-transmit",
                    "software-receive",
                    "software-system-clock",
                    "software-transmit"),
                0,
                List.of("off", "on"),
                List.of("all", "none")));
  }

  @Test
  void aToolThatIsMissingCostsOnlyWhatItKnows() throws Unavailable {
    Unknowns unknown = new Unknowns();

    Ethtool ethtool = Ethtool.ask(Recorded.machine("dell-latitude-5420"), "eth0", unknown);

    assertThat(ethtool).isEqualTo(Ethtool.NOTHING);
    assertThat(unknown.reasons()).containsEntry("features", "ethtool is not installed");
  }

  @Test
  void aNeighbourSaysWhoItIs() throws Unavailable {
    TopologyFacts topology = new TopologyCollector(Recorded.machine("firecracker")).collect();

    assertThat(topology.neighbours())
        .singleElement()
        .satisfies(neighbour -> assertThat(neighbour.localInterface()).isEqualTo("prva"))
        .satisfies(neighbour -> assertThat(neighbour.chassisIdType()).isEqualTo("mac"))
        .satisfies(neighbour -> assertThat(neighbour.portDescription()).isEqualTo("prvb"))
        .satisfies(neighbour -> assertThat(neighbour.capabilities()).containsExactly("Station"));
  }

  @ParameterizedTest
  @EnumSource
  void everyFacetOfARecordingIsTheSameTwiceAndReadsBackAsFacts(Facet facet) {
    Collectors collectors = collectors(Recorded.machine("firecracker"));

    FacetReport first = collectors.collect(facet);
    FacetReport second = collectors.collect(facet);

    assertThat(FacetDigest.of(first)).isEqualTo(FacetDigest.of(second));
    assertThat(first.unavailable()).isNull();
    assertThat(Facts.read(facet, requireNonNull(first.data())).report()).isEqualTo(first);
  }

  @Test
  void aFacetThatCannotBeCollectedSaysWhy() {
    FacetReport report = collectors(Recorded.machine("thinkpad")).collect(Facet.TOPOLOGY);

    assertThat(report.unavailable()).isEqualTo("lldpcli is not installed");
  }

  @Test
  void withoutLscpuThereIsNoProcessorFacet() {
    assertThatThrownBy(() -> new CpuCollector(Recorded.machine("thinkpad")).collect())
        .isInstanceOf(Unavailable.class)
        .hasMessage("lscpu is not installed");
  }

  private static Collectors collectors(Machine machine) {
    return new Collectors(
        machine,
        new QdiscProbe(
            command -> {
              throw new Unavailable("recordings are not probed");
            }),
        new KvmProbe(Path.of("/nowhere/kvm"), () -> ""),
        () -> true,
        NOTHING);
  }

  private static Interface named(NetworkFacts network, String name) {
    return network.interfaces().stream()
        .filter(found -> found.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
