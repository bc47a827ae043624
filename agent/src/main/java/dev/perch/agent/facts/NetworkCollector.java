package dev.perch.agent.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.agent.machine.Machine;
import dev.perch.agent.machine.Unavailable;
import dev.perch.contract.facts.Facet;
import dev.perch.contract.facts.NetworkFacts;
import dev.perch.contract.facts.NetworkFacts.Interface;
import dev.perch.contract.facts.NetworkFacts.VirtualFunctions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * From {@code ip}, sysfs and, for interfaces with a device behind them, {@code ethtool}. Without
 * ethtool the facet lacks what only it knows.
 */
final class NetworkCollector implements Collector {
  private static final String NET = "/sys/class/net/";

  private final Machine machine;
  private final Predicate<String> leftOut;

  /**
   * @param leftOut names of interfaces that come and go with containers
   */
  NetworkCollector(Machine machine, Pattern leftOut) {
    this.machine = machine;
    this.leftOut = leftOut.asMatchPredicate();
  }

  @Override
  public Facet facet() {
    return Facet.NETWORK;
  }

  @Override
  public NetworkFacts collect() throws Unavailable {
    Unknowns unknown = new Unknowns();
    JsonNode links = machine.json("ip", "-j", "-d", "link");
    Map<String, List<String>> addresses =
        unknown.find("addresses", () -> addresses(machine.json("ip", "-j", "addr")), Map.of());
    List<Interface> interfaces = new ArrayList<>();
    for (JsonNode link : links) {
      String name = link.path("ifname").asText();
      // Network namespaces answer a filter with empty objects.
      if (!name.isEmpty() && !leftOut.test(name)) {
        interfaces.add(describe(link, addresses.getOrDefault(name, List.of()), unknown));
      }
    }
    interfaces.sort(Comparator.comparing(Interface::name));
    return new NetworkFacts(interfaces, unknown.reasons());
  }

  private Interface describe(JsonNode link, List<String> addresses, Unknowns unknown) {
    String name = link.path("ifname").asText();
    String folder = NET + name + "/";
    boolean physical = machine.exists(folder + "device");
    Ethtool ethtool = physical ? Ethtool.ask(machine, name, unknown) : Ethtool.NOTHING;
    JsonNode info = link.path("linkinfo");
    boolean up = texts(link.path("flags")).contains("UP");
    return new Interface(
        name,
        texts(link.path("altnames")),
        link.path("link_type").asText("none"),
        text(info, "info_kind"),
        text(link, "address"),
        permanentMac(link, folder, physical, unknown),
        link.path("mtu").asInt(),
        up,
        link.path("operstate").asText("UNKNOWN"),
        text(link, "master"),
        text(link, "link"),
        whole(info.path("info_data"), "id").filter(id -> isVlan(info)).orElse(null),
        addresses,
        text(link, "parentbus"),
        physical ? device(link, folder) : null,
        unknown.find("interfaces", () -> pciId(folder)),
        unknown.find("interfaces", () -> value(folder + "device/numa_node").filter(n -> n >= 0)),
        ethtool.driver() != null
            ? ethtool.driver()
            : machine.target(folder + "device/driver").orElse(null),
        ethtool.driverVersion(),
        ethtool.firmware(),
        unknown.find("interfaces", () -> value(folder + "speed").filter(s -> physical && s > 0)),
        unknown.find("interfaces", () -> duplex(folder, physical)),
        ethtool.autoNegotiation(),
        whole(link, "num_tx_queues").orElse(null),
        whole(link, "num_rx_queues").orElse(null),
        text(link, "qdisc"),
        virtualFunctions(folder, unknown),
        ethtool.features(),
        ethtool.changeableFeatures(),
        ethtool.timestamping());
  }

  private static Map<String, List<String>> addresses(JsonNode links) {
    Map<String, List<String>> found = new HashMap<>();
    for (JsonNode link : links) {
      found.put(
          link.path("ifname").asText(),
          StreamSupport.stream(link.path("addr_info").spliterator(), false)
              // RFC 8981: they change every day, which says nothing about the host.
              .filter(address -> !address.path("temporary").asBoolean())
              .filter(address -> address.hasNonNull("local"))
              .map(a -> a.path("local").asText() + "/" + a.path("prefixlen").asInt())
              .sorted()
              .toList());
    }
    return found;
  }

  private @Nullable String permanentMac(
      JsonNode link, String folder, boolean physical, Unknowns unknown) {
    String told = text(link, "permaddr");
    if (told != null || !physical) {
      return told;
    }
    // 0: the address in use is the one burnt in.
    Integer origin = unknown.find("interfaces", () -> value(folder + "addr_assign_type"));
    return origin != null && origin == 0 ? text(link, "address") : null;
  }

  private @Nullable String device(JsonNode link, String folder) {
    String told = text(link, "parentdev");
    return told != null ? told : machine.target(folder + "device").orElse(null);
  }

  private Optional<String> pciId(String folder) throws Unavailable {
    Optional<String> vendor = machine.text(folder + "device/vendor");
    Optional<String> device = machine.text(folder + "device/device");
    return vendor.isPresent() && device.isPresent()
        ? Optional.of((vendor.get() + ":" + device.get()).replace("0x", ""))
        : Optional.empty();
  }

  private Optional<String> duplex(String folder, boolean physical) throws Unavailable {
    return physical
        ? machine.text(folder + "duplex").filter(duplex -> !duplex.equals("unknown"))
        : Optional.empty();
  }

  private @Nullable VirtualFunctions virtualFunctions(String folder, Unknowns unknown) {
    Integer total = unknown.find("interfaces", () -> value(folder + "device/sriov_totalvfs"));
    if (total == null) {
      return null;
    }
    Integer configured = unknown.find("interfaces", () -> value(folder + "device/sriov_numvfs"));
    return new VirtualFunctions(total, configured == null ? 0 : configured);
  }

  private Optional<Integer> value(String path) throws Unavailable {
    return machine.number(path).map(Long::intValue);
  }

  private static boolean isVlan(JsonNode info) {
    return "vlan".equals(text(info, "info_kind"));
  }

  private static Optional<Integer> whole(JsonNode json, String field) {
    return json.path(field).isInt() ? Optional.of(json.path(field).asInt()) : Optional.empty();
  }

  private static @Nullable String text(JsonNode json, String field) {
    return json.path(field).isTextual() ? json.path(field).asText() : null;
  }

  private static List<String> texts(JsonNode array) {
    return array.isArray()
        ? StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList()
        : Stream.<String>of().toList();
  }
}
