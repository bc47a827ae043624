package dev.perch.tsn.plan.engine;

import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A network with numbers for names: nodes and links count from 0 in the order they were given. */
public final class Topology {
  private static final int SHORTEST_FRAME = 64;

  private final Network network;
  private final List<Node> nodes;
  private final Link[] links;
  private final Map<String, Integer> nodeNumbers;
  private final Map<String, Integer> linkNumbers;
  final int[] from;
  final int[] to;
  final boolean[] bridge;

  /** Bridges count from 0 too; -1 for an end station. */
  final int[] bridgeNumber;

  final int bridges;
  final int[] clockError;

  /** Links out of node {@code n}: {@code outgoing[n]}; into it: {@code incoming[n]}. */
  final int[][] outgoing;

  final int[][] incoming;

  public Topology(Network network) {
    this.network = network;
    this.nodes = network.nodes();
    this.links = network.links().toArray(Link[]::new);
    nodeNumbers = HashMap.newHashMap(nodes.size());
    linkNumbers = HashMap.newHashMap(links.length);
    bridge = new boolean[nodes.size()];
    bridgeNumber = new int[nodes.size()];
    clockError = new int[nodes.size()];
    int found = 0;
    for (Node node : nodes) {
      int number = nodeNumbers.size();
      nodeNumbers.put(node.name(), number);
      bridge[number] = node instanceof Bridge;
      bridgeNumber[number] = bridge[number] ? found++ : -1;
      clockError[number] = Math.toIntExact(node.clockError());
    }
    bridges = found;
    from = new int[links.length];
    to = new int[links.length];
    int[] fanOut = new int[nodes.size()];
    int[] fanIn = new int[nodes.size()];
    for (int i = 0; i < links.length; i++) {
      linkNumbers.put(links[i].name(), i);
      from[i] = node(links[i].from());
      to[i] = node(links[i].to());
      fanOut[from[i]]++;
      fanIn[to[i]]++;
    }
    outgoing = group(from, fanOut);
    incoming = group(to, fanIn);
  }

  private static int[][] group(int[] ends, int[] sizes) {
    int[][] groups = new int[sizes.length][];
    Arrays.setAll(groups, i -> new int[sizes[i]]);
    int[] filled = new int[sizes.length];
    for (int link = 0; link < ends.length; link++) {
      int end = ends[link];
      groups[end][filled[end]++] = link;
    }
    return groups;
  }

  public Network network() {
    return network;
  }

  /** How many links there are. */
  public int links() {
    return links.length;
  }

  public Link link(int number) {
    return links[number];
  }

  /** How many nodes there are. */
  public int nodes() {
    return nodes.size();
  }

  public Node node(int number) {
    return nodes.get(number);
  }

  /** The node that sends into a link. */
  public Node sender(int link) {
    return nodes.get(from[link]);
  }

  /**
   * @throws IllegalArgumentException if the network has no such node
   */
  public int node(String name) {
    return known(nodeNumbers, name);
  }

  /**
   * @throws IllegalArgumentException if the network has no such link
   */
  public int link(String name) {
    return known(linkNumbers, name);
  }

  private static int known(Map<String, Integer> numbers, String name) {
    Integer number = numbers.get(name);
    if (number == null) {
      throw new IllegalArgumentException("the network has no " + name);
    }
    return number;
  }

  /** Whether an end station has no other link in this direction. */
  boolean isOnlyLink(int link) {
    return !bridge[from[link]] && outgoing[from[link]].length == 1
        || !bridge[to[link]] && incoming[to[link]].length == 1;
  }

  /** The links that a stream cannot avoid: the only ones of its talker and its listeners. */
  int[] unavoidable(Demand demand) {
    int[] links = new int[1 + demand.listeners.length];
    int count = 0;
    if (outgoing[demand.talker].length == 1) {
      links[count++] = outgoing[demand.talker][0];
    }
    for (int listener : demand.listeners) {
      if (incoming[listener].length == 1) {
        links[count++] = incoming[listener][0];
      }
    }
    return Arrays.copyOf(links, count);
  }

  /** The least time that any frame keeps a link, ns. */
  int shortest(int link) {
    return (int) links[link].wireTime(SHORTEST_FRAME);
  }

  /** What times of gates and launches at the sender of a link are multiples of. */
  int tick(int link) {
    return (int) sender(link).device().tick();
  }
}
