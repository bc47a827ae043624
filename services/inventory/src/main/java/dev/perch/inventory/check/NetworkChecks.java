package dev.perch.inventory.check;

import dev.perch.contract.facts.NetworkFacts;
import dev.perch.contract.facts.NetworkFacts.Interface;
import dev.perch.inventory.check.Check.Finding;
import java.util.List;
import java.util.Optional;

/** Whether the host can be reached and its interfaces agree with each other. */
final class NetworkChecks {
  private static final String ABOUT = "/facets/network/interfaces";

  static final Check INTERFACE_UP =
      Check.waivable(
          "network.interface-up",
          ABOUT,
          "Bring up an interface that has an address other hosts can reach.",
          subject ->
              Finding.of(
                  interfaces(subject).stream().anyMatch(NetworkChecks::isReachable),
                  interfaces(subject).stream().map(i -> i.name() + " " + i.state()).toList()));

  static final Check BONDS_CARRY =
      Check.waivable(
          "network.bonds-carry",
          ABOUT,
          "No member of these bonds is up: check their cables and switch ports.",
          subject -> {
            List<Interface> all = interfaces(subject);
            List<String> dead =
                all.stream()
                    .filter(bond -> "bond".equals(bond.kind()) && bond.adminUp())
                    .filter(
                        bond ->
                            all.stream()
                                .noneMatch(
                                    member -> bond.name().equals(member.master()) && isUp(member)))
                    .map(Interface::name)
                    .toList();
            return Finding.of(dead.isEmpty(), dead.isEmpty() ? null : dead);
          });

  static final Check VLANS_FIT =
      Check.waivable(
          "network.vlans-fit",
          ABOUT,
          "Give the interfaces below these VLANs at least the VLANs' MTU.",
          subject -> {
            List<Interface> all = interfaces(subject);
            List<String> large =
                all.stream()
                    .filter(vlan -> vlan.vlan() != null && vlan.parent() != null)
                    .filter(
                        vlan ->
                            named(all, String.valueOf(vlan.parent()))
                                .filter(parent -> parent.mtu() < vlan.mtu())
                                .isPresent())
                    .map(Interface::name)
                    .toList();
            return Finding.of(large.isEmpty(), large.isEmpty() ? null : large);
          });

  static final List<Check> ALL = List.of(INTERFACE_UP, BONDS_CARRY, VLANS_FIT);

  private NetworkChecks() {}

  private static List<Interface> interfaces(Subject subject) {
    return subject.facts(NetworkFacts.class).map(NetworkFacts::interfaces).orElse(List.of());
  }

  private static boolean isReachable(Interface i) {
    return !i.type().equals("loopback")
        && isUp(i)
        && i.addresses().stream().anyMatch(address -> !address.startsWith("fe80:"));
  }

  /** Drivers that cannot tell report UNKNOWN (RFC 2863 ifOperStatus). */
  private static boolean isUp(Interface i) {
    return i.adminUp() && (i.state().equals("UP") || i.state().equals("UNKNOWN"));
  }

  private static Optional<Interface> named(List<Interface> all, String name) {
    return all.stream().filter(i -> i.name().equals(name)).findFirst();
  }
}
