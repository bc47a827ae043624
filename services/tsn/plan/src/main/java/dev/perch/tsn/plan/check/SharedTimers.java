package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Node;
import dev.perch.tsn.plan.model.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether a switch that moves the gates of all its ports with one timer can run its gate lists
 * together. The planner does not plan for this, so it is no part of {@link PlanCheck}: it is asked
 * before such a switch is programmed.
 *
 * <p>A list begins anew without an event where its first entry has the gates of its last one: it
 * can be programmed from its first change on.
 */
public final class SharedTimers {
  private SharedTimers() {}

  /** For each two ports that do not go together, the first reason. */
  public static List<Flaw> check(Network network, Plan plan) {
    List<Flaw> flaws = new ArrayList<>();
    for (Node node : network.nodes()) {
      if (node.device().sharedTimer()) {
        List<GateList> lists =
            network.from(node.name()).stream()
                .map(link -> plan.gates().get(link.name()))
                .filter(list -> list != null)
                .toList();
        for (int one = 0; one < lists.size(); one++) {
          for (int other = one + 1; other < lists.size(); other++) {
            compare(lists.get(one), lists.get(other), flaws);
          }
        }
      }
    }
    return flaws;
  }

  private static void compare(GateList one, GateList other, List<Flaw> flaws) {
    long shorter = Math.min(one.cycle(), other.cycle());
    if (Math.max(one.cycle(), other.cycle()) % shorter != 0) {
      flaws.add(new Flaw.UnrelatedCycles(one.link(), other.link(), one.cycle(), other.cycle()));
      return;
    }
    SortedSet<Long> shared = events(one, shorter);
    shared.retainAll(events(other, shorter));
    if (!shared.isEmpty()) {
      flaws.add(new Flaw.SameMoment(one.link(), other.link(), shared.first()));
    }
  }

  /** When entries begin, modulo a time. */
  private static SortedSet<Long> events(GateList list, long modulo) {
    SortedSet<Long> events = new TreeSet<>();
    List<GateEntry> entries = list.entries();
    long at = list.baseTime();
    for (int i = 0; i < entries.size(); i++) {
      GateEntry entry = entries.get(i);
      boolean goesOn =
          i == 0
              && entry.gates() == entries.getLast().gates()
              && entry.operation() == entries.getLast().operation();
      if (!goesOn) {
        events.add(at % modulo);
      }
      at += entry.interval();
    }
    return events;
  }
}
