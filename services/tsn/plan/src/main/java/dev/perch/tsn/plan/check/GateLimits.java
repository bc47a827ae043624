package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether a device can take its gate lists. */
final class GateLimits {
  private GateLimits() {}

  /** Each list for itself, and all lists of a device together. */
  static List<Flaw> check(Network network, Iterable<GateList> lists) {
    List<Flaw> flaws = new ArrayList<>();
    Map<String, Long> entries = new HashMap<>();
    for (GateList list : lists) {
      Link link = network.link(list.link()).orElse(null);
      if (link == null) {
        flaws.add(new Flaw.BrokenGates(list.link(), "the network has no such link"));
        continue;
      }
      check(list, link, network.sender(link).device(), flaws);
      entries.merge(link.from(), (long) list.entries().size(), Long::sum);
    }
    for (GateList list : lists) {
      Link link = network.link(list.link()).orElse(null);
      // Told once, at the first port of the device.
      Long sum = link == null ? null : entries.remove(link.from());
      if (link != null && sum != null) {
        checkBridge(link.name(), network.sender(link).device(), sum, flaws);
      }
    }
    return flaws;
  }

  static void checkBridge(String link, DeviceProfile device, long entries, List<Flaw> flaws) {
    limit(flaws, link, "entries of all ports of the device", entries, device.bridgeListLength());
  }

  static void check(GateList list, Link link, DeviceProfile device, List<Flaw> flaws) {
    String port = list.link();
    limit(flaws, port, "number of entries", list.entries().size(), device.listLength());
    limit(flaws, port, "cycle in ns", list.cycle(), device.maxCycle());
    long at = 0;
    for (GateEntry entry : list.entries()) {
      limit(flaws, port, "longest interval in ns", entry.interval(), device.maxInterval());
      if (entry.interval() < device.minInterval()) {
        flaws.add(
            new Flaw.GateLimit(
                port, "shortest interval in ns", entry.interval(), device.minInterval()));
      }
      at += entry.interval();
      if (at % device.tick() != 0) {
        flaws.add(
            new Flaw.BrokenGates(
                port, "a gate moves at " + at + " ns, between ticks of " + device.tick() + " ns"));
      }
      if (entry.gates() >> link.port().queues() != 0) {
        flaws.add(
            new Flaw.BrokenGates(
                port, "opens a queue above the " + link.port().queues() + " that exist"));
      }
      if (entry.operation() != GateEntry.Operation.SET_GATE_STATES && !link.port().preemption()) {
        flaws.add(new Flaw.BrokenGates(port, "holds or releases frames without preemption"));
      }
    }
    if (device.oneOpening()) {
      for (int queue = 0; queue < link.port().queues(); queue++) {
        limit(flaws, port, "openings of queue " + queue, openings(list.entries(), queue), 1);
      }
    }
  }

  /** How often a gate opens in a cycle; not once if it never closes. */
  private static int openings(List<GateEntry> entries, int queue) {
    int openings = 0;
    boolean before = entries.getLast().isOpen(queue);
    for (GateEntry entry : entries) {
      if (entry.isOpen(queue) && !before) {
        openings++;
      }
      before = entry.isOpen(queue);
    }
    return openings;
  }

  private static void limit(List<Flaw> flaws, String link, String what, long found, long most) {
    if (found > most) {
      flaws.add(new Flaw.GateLimit(link, what, found, most));
    }
  }
}
