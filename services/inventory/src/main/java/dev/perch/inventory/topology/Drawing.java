package dev.perch.inventory.topology;

import dev.perch.contract.facts.NetworkFacts.Interface;
import dev.perch.contract.facts.TopologyFacts.Neighbour;
import dev.perch.inventory.topology.Topology.Kind;
import dev.perch.inventory.topology.Topology.Link;
import dev.perch.inventory.topology.Topology.Node;
import dev.perch.inventory.topology.Topology.Port;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what hosts say of their neighbours. A neighbour whose chassis or port has the MAC
 * address of a host's interface is that host: then both ends may tell of the same cable.
 */
final class Drawing {
  private static final String MAC = "mac";

  private final Map<String, Node> nodes = new TreeMap<>();
  private final Map<String, Port> ports = new TreeMap<>();
  private final Map<Ends, SortedSet<String>> links = new TreeMap<>();

  /** The ports of hosts, by MAC address; several interfaces may share one, the first counts. */
  private final Map<String, Port> byMac = new HashMap<>();

  private record Ends(String a, String b) implements Comparable<Ends> {
    static Ends of(String one, String other) {
      return one.compareTo(other) <= 0 ? new Ends(one, other) : new Ends(other, one);
    }

    @Override
    public int compareTo(Ends other) {
      return Comparator.comparing(Ends::a).thenComparing(Ends::b).compare(this, other);
    }
  }

  static Topology of(List<Reported> hosts) {
    var drawing = new Drawing();
    hosts.forEach(drawing::host);
    hosts.forEach(drawing::neighbours);
    return drawing.topology();
  }

  private void host(Reported host) {
    String id = id(host);
    nodes.put(id, new Node(id, Kind.HOST, host.name(), host.host(), host.site()));
    if (host.network() != null) {
      host.network().interfaces().stream()
          .filter(i -> i.kind() == null && !i.type().equals("loopback"))
          .forEach(i -> port(id, i));
    }
  }

  private void port(String node, Interface i) {
    String mac = i.permanentMac() == null ? i.mac() : i.permanentMac();
    var port = new Port(node + "/" + i.name(), node, i.name(), mac, i.state(), i.speedMbps());
    ports.put(port.id(), port);
    if (mac != null) {
      byMac.putIfAbsent(lower(mac), port);
    }
  }

  private void neighbours(Reported host) {
    if (host.topology() != null) {
      host.topology().neighbours().forEach(neighbour -> link(host, neighbour));
    }
  }

  private void link(Reported host, Neighbour neighbour) {
    String id = id(host);
    String own = id + "/" + neighbour.localInterface();
    ports.computeIfAbsent(
        own, at -> new Port(at, id, neighbour.localInterface(), null, null, null));
    links.computeIfAbsent(Ends.of(own, far(host, neighbour)), ends -> new TreeSet<>()).add(id);
  }

  private String far(Reported host, Neighbour neighbour) {
    @Nullable Port known = known(neighbour);
    if (known != null) {
      return known.id();
    }
    String node = "chassis/" + neighbour.chassisIdType() + "/" + neighbour.chassisId();
    nodes.computeIfAbsent(
        node,
        id ->
            new Node(
                id,
                Kind.NEIGHBOUR,
                neighbour.systemName() == null ? neighbour.chassisId() : neighbour.systemName(),
                null,
                host.site()));
    String port = node + "/" + neighbour.portId();
    ports.computeIfAbsent(port, id -> new Port(id, node, neighbour.portId(), null, null, null));
    return port;
  }

  /** The port of a host, if the neighbour is one. */
  private @Nullable Port known(Neighbour neighbour) {
    if (neighbour.portIdType().equals(MAC)) {
      return byMac.get(lower(neighbour.portId()));
    }
    @Nullable Port any =
        neighbour.chassisIdType().equals(MAC) ? byMac.get(lower(neighbour.chassisId())) : null;
    return any == null ? null : ports.getOrDefault(any.node() + "/" + neighbour.portId(), any);
  }

  private Topology topology() {
    List<Node> ordered = new ArrayList<>(nodes.values());
    ordered.sort(Comparator.comparing(Node::kind).thenComparing(Node::name));
    return new Topology(
        ordered,
        List.copyOf(ports.values()),
        links.entrySet().stream()
            .map(
                link ->
                    new Link(link.getKey().a(), link.getKey().b(), List.copyOf(link.getValue())))
            .toList());
  }

  private static String id(Reported host) {
    return "hosts/" + host.host();
  }

  private static String lower(String mac) {
    return mac.toLowerCase(Locale.ROOT);
  }
}
