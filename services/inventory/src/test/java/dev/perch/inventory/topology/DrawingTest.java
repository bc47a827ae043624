package dev.perch.inventory.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.perch.contract.facts.NetworkFacts;
import dev.perch.contract.facts.NetworkFacts.Interface;
import dev.perch.contract.facts.TopologyFacts;
import dev.perch.contract.facts.TopologyFacts.Neighbour;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DrawingTest {
  private static final UUID SITE = new UUID(0, 1);

  private static Reported host(int n, Neighbour... neighbours) {
    return new Reported(
        new UUID(0, n),
        SITE,
        "h-" + n,
        new NetworkFacts(List.of(port("eth0", mac(n, 0)), port("eth1", mac(n, 1))), Map.of()),
        new TopologyFacts(List.of(neighbours), Map.of()));
  }

  private static String id(int n) {
    return "hosts/" + new UUID(0, n);
  }

  private static String mac(int host, int port) {
    return "02:00:00:00:0%d:0%d".formatted(host, port);
  }

  private static Interface port(String name, String mac) {
    return new Interface(
        name, List.of(), "ether", null, mac, null, 1500, true, "UP", null, null, null, List.of(),
        null, null, null, null, null, null, null, 1000, null, null, null, null, null, null,
        List.of(), List.of(), null);
  }

  private static Neighbour neighbour(
      String own, String chassisType, String chassis, String portType, String port) {
    @Nullable String name = chassisType.equals("local") ? "switch <1>" : null;
    return new Neighbour(
        own, chassisType, chassis, name, null, portType, port, null, List.of(), List.of(), null);
  }

  @Test
  void twoHostsThatSeeEachOtherAreOneLinkSeenByBoth() {
    Topology topology =
        Drawing.of(
            List.of(
                host(
                    1,
                    neighbour("eth0", "mac", mac(2, 0).toUpperCase(Locale.ROOT), "mac", mac(2, 1))),
                host(2, neighbour("eth1", "mac", mac(1, 0), "ifname", "eth0"))));

    assertThat(topology.nodes()).extracting(Topology.Node::id).containsExactly(id(1), id(2));
    assertThat(topology.links())
        .containsExactly(
            new Topology.Link(id(1) + "/eth0", id(2) + "/eth1", List.of(id(1), id(2))));
  }

  @Test
  void whatIsNoHostIsANeighbourWithItsPort() {
    Topology topology =
        Drawing.of(
            List.of(
                host(1, neighbour("eth0", "local", "sw1", "ifname", "ge-0/0/1")),
                host(2, neighbour("eth0", "local", "sw1", "ifname", "ge-0/0/2"))));

    assertThat(topology.nodes())
        .extracting(Topology.Node::name)
        .containsExactly("h-1", "h-2", "switch <1>");
    assertThat(topology.links())
        .extracting(Topology.Link::a)
        .containsExactly("chassis/local/sw1/ge-0/0/1", "chassis/local/sw1/ge-0/0/2");
  }

  @Test
  void aHostThatHasReportedNothingIsANodeAlone() {
    Topology topology = Drawing.of(List.of(new Reported(new UUID(0, 1), SITE, "h-1", null, null)));

    assertThat(topology.nodes()).hasSize(1);
    assertThat(topology.ports()).isEmpty();
    assertThat(topology.links()).isEmpty();
  }

  @Test
  void thePictureHasEveryNodeAndCableAndNamesAreEscaped() {
    String svg =
        Svg.of(
            Drawing.of(
                List.of(host(1, neighbour("eth0", "local", "sw1", "ifname", "1")), host(2))));

    assertThat(svg)
        .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
        .contains("switch &lt;1&gt;")
        .endsWith("</svg>");
    assertThat(svg.split("<rect", -1)).hasSize(4);
    assertThat(svg.split("<path", -1)).hasSize(2);
  }
}
