package dev.perch.contract.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Network interfaces; those that container networks make and drop are left out.
 *
 * @param interfaces by name
 * @param unknown what could not be found out, by field, and why
 */
public record NetworkFacts(List<Interface> interfaces, Map<String, String> unknown)
    implements Facts {

  public NetworkFacts {
    interfaces = List.copyOf(interfaces);
    unknown = Map.copyOf(unknown);
  }

  @Override
  public Facet facet() {
    return Facet.NETWORK;
  }

  /**
   * A network interface.
   *
   * @param name ens1f0
   * @param alternativeNames other names it answers to
   * @param type ether, loopback, infiniband
   * @param kind for a virtual one: vlan, bond, bridge, veth
   * @param mac the address in use
   * @param permanentMac the address burnt in
   * @param mtu largest packet
   * @param adminUp has it been switched on?
   * @param state RFC 2863 operational state: UP, DOWN, LOWERLAYERDOWN, DORMANT, UNKNOWN
   * @param master the bridge or bond it belongs to
   * @param parent the interface a VLAN lies on
   * @param vlan VLAN id
   * @param addresses with prefix length, sorted; temporary ones are left out
   * @param bus pci, virtio, usb
   * @param device its address on the bus: 0000:03:00.0
   * @param pciId vendor and device: 8086:15f2
   * @param numaNode the memory node it is next to
   * @param driver the kernel driver
   * @param driverVersion its version
   * @param firmware firmware version
   * @param speedMbps negotiated speed
   * @param duplex full or half
   * @param autoNegotiation is speed negotiated?
   * @param transmitQueues hardware and software transmit queues
   * @param receiveQueues receive queues
   * @param qdisc the root queueing discipline
   * @param virtualFunctions SR-IOV
   * @param features offloads that are on, sorted
   * @param changeableFeatures offloads that are off and could be on, sorted
   * @param timestamping what it can stamp with the time
   */
  public record Interface(
      String name,
      List<String> alternativeNames,
      String type,
      @Nullable String kind,
      @Nullable String mac,
      @Nullable String permanentMac,
      int mtu,
      boolean adminUp,
      String state,
      @Nullable String master,
      @Nullable String parent,
      @Nullable Integer vlan,
      List<String> addresses,
      @Nullable String bus,
      @Nullable String device,
      @Nullable String pciId,
      @Nullable Integer numaNode,
      @Nullable String driver,
      @Nullable String driverVersion,
      @Nullable String firmware,
      @Nullable Integer speedMbps,
      @Nullable String duplex,
      @Nullable Boolean autoNegotiation,
      @Nullable Integer transmitQueues,
      @Nullable Integer receiveQueues,
      @Nullable String qdisc,
      @Nullable VirtualFunctions virtualFunctions,
      List<String> features,
      List<String> changeableFeatures,
      @Nullable Timestamping timestamping) {

    public Interface {
      alternativeNames = List.copyOf(alternativeNames);
      addresses = List.copyOf(addresses);
      features = List.copyOf(features);
      changeableFeatures = List.copyOf(changeableFeatures);
    }
  }

  /**
   * Single-root I/O virtualisation.
   *
   * @param total how many the device offers
   * @param configured how many there are
   */
  public record VirtualFunctions(int total, int configured) {}

  /**
   * As ethtool -T says, in the kernel's words.
   *
   * @param capabilities hardware-transmit, software-receive, hardware-raw-clock
   * @param phc index of the PTP hardware clock
   * @param transmitModes off, on, onestep-sync
   * @param receiveFilters none, all, ptpv2-event
   */
  public record Timestamping(
      List<String> capabilities,
      @Nullable Integer phc,
      List<String> transmitModes,
      List<String> receiveFilters) {

    public Timestamping {
      capabilities = List.copyOf(capabilities);
      transmitModes = List.copyOf(transmitModes);
      receiveFilters = List.copyOf(receiveFilters);
    }
  }
}
