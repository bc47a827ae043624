package dev.perch.contract.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of the cables, by LLDP (IEEE 802.1AB).
 *
 * @param neighbours by interface, then chassis and port
 * @param unknown what could not be found out, by field, and why
 */
public record TopologyFacts(List<Neighbour> neighbours, Map<String, String> unknown)
    implements Facts {

  public TopologyFacts {
    neighbours = List.copyOf(neighbours);
    unknown = Map.copyOf(unknown);
  }

  @Override
  public Facet facet() {
    return Facet.TOPOLOGY;
  }

  /**
   * What a neighbour says of itself.
   *
   * @param localInterface ours
   * @param chassisIdType mac, ifname, local, ip
   * @param chassisId its chassis
   * @param systemName its name
   * @param systemDescription its make and software
   * @param portIdType mac, ifname, local
   * @param portId its port
   * @param portDescription its port, for people
   * @param managementAddresses where it can be managed
   * @param capabilities Bridge, Router, Station: those in use
   * @param vlan port VLAN id
   */
  public record Neighbour(
      String localInterface,
      String chassisIdType,
      String chassisId,
      @Nullable String systemName,
      @Nullable String systemDescription,
      String portIdType,
      String portId,
      @Nullable String portDescription,
      List<String> managementAddresses,
      List<String> capabilities,
      @Nullable Integer vlan) {

    public Neighbour {
      managementAddresses = List.copyOf(managementAddresses);
      capabilities = List.copyOf(capabilities);
    }
  }
}
