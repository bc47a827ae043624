package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The links of a network by number, and what the checkers ask about them. */
final class Links {
  private final List<Link> links;
  private final Map<String, Integer> numbers;
  private final long[] error;
  private final long[] tick;
  private final Map<String, Integer> leaving = new HashMap<>();
  private final Map<String, Integer> entering = new HashMap<>();
  private final Set<String> endStations = new HashSet<>();

  Links(Network network) {
    links = new ArrayList<>(network.links());
    numbers = HashMap.newHashMap(links.size());
    error = new long[links.size()];
    tick = new long[links.size()];
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      numbers.put(link.name(), i);
      error[i] = network.sender(link).clockError();
      tick[i] = network.sender(link).device().tick();
      leaving.merge(link.from(), 1, Integer::sum);
      entering.merge(link.to(), 1, Integer::sum);
    }
    network.nodes().stream()
        .filter(node -> node instanceof EndStation)
        .forEach(node -> endStations.add(node.name()));
  }

  int count() {
    return links.size();
  }

  /** -1 if the network has no such link. */
  int number(String name) {
    return numbers.getOrDefault(name, -1);
  }

  Link link(int number) {
    return links.get(number);
  }

  /** Clock error of the sending node. */
  long error(int number) {
    return error[number];
  }

  /** What the sending node's times are multiples of. */
  long tick(int number) {
    return tick[number];
  }

  boolean isEndStation(String node) {
    return endStations.contains(node);
  }

  /** Whether an end station has no other way out, or in, than this link. */
  boolean isOnlyLink(Link link) {
    return isEndStation(link.from()) && leaving.getOrDefault(link.from(), 0) == 1
        || isEndStation(link.to()) && entering.getOrDefault(link.to(), 0) == 1;
  }
}
