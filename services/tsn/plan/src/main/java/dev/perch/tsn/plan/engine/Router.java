package dev.perch.tsn.plan.engine;

import dev.perch.tsn.plan.model.Link;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Cheapest ways through the bridges, by A*: few hops first, then links with little load. Distances
 * in hops to each bridge are kept, so that a search hardly leaves the shortest ways.
 */
final class Router {
  private static final int HOP = 1024;
  private static final int FAR = Integer.MAX_VALUE / 4;

  private final Topology topology;
  private final double[] load;
  private final int[] @Nullable [] distances;
  private final int[] cost;
  private final int[] via;
  private final int[] stamp;
  private int search;
  private int frameBytes;
  private int[][] goals = new int[0][];
  private final LongHeap open = new LongHeap();

  /**
   * @param load share of each link that is reserved; read at each search
   */
  Router(Topology topology, double[] load) {
    this.topology = topology;
    this.load = load;
    distances = new int[topology.bridges][];
    cost = new int[topology.nodes()];
    via = new int[topology.nodes()];
    stamp = new int[topology.nodes()];
  }

  /**
   * A tree of links from the talker to all listeners, each after the one that feeds it; null if
   * there is none. Each listener in turn is joined to the tree where that costs least (Takahashi
   * and Matsuyama 1980).
   *
   * @param avoid links that must not be used
   * @param dear links that cost as much as three more hops
   * @param frameBytes 0 for the cheapest tree; otherwise the quickest one for such frames
   */
  int @Nullable [] tree(int talker, int[] listeners, BitSet avoid, BitSet dear, int frameBytes) {
    this.frameBytes = frameBytes;
    if (listeners.length == 1) {
      return path(new int[] {talker}, new int[1], 1, listeners[0], avoid, dear);
    }
    int[] tree = new int[topology.nodes()];
    int[] reached = new int[topology.nodes()];
    int[] depths = new int[topology.nodes()];
    int size = 0;
    reached[0] = talker;
    int count = 1;
    for (int listener : listeners) {
      int[] branch = path(reached, depths, count, listener, avoid, dear);
      if (branch == null) {
        return null;
      }
      int depth = depths[indexOf(reached, topology.from[branch[0]])];
      for (int link : branch) {
        tree[size++] = link;
        depth += price(link, dear);
        if (topology.bridge[topology.to[link]]) {
          depths[count] = depth;
          reached[count++] = topology.to[link];
        }
      }
    }
    return Arrays.copyOf(tree, size);
  }

  private static int indexOf(int[] items, int item) {
    int index = 0;
    while (items[index] != item) {
      index++;
    }
    return index;
  }

  private int @Nullable [] path(
      int[] sources, int[] depths, int count, int target, BitSet avoid, BitSet dear) {
    aim(target);
    search++;
    open.clear();
    for (int i = 0; i < count; i++) {
      reach(sources[i], frameBytes > 0 ? depths[i] : 0, -1, target);
    }
    while (!open.isEmpty()) {
      int node = (int) open.pop();
      if (node == target) {
        return unwind(target);
      }
      for (int link : topology.outgoing[node]) {
        int next = topology.to[link];
        if ((topology.bridge[next] || next == target) && !avoid.get(link)) {
          reach(next, cost[node] + price(link, dear), link, target);
        }
      }
    }
    return null;
  }

  private void reach(int node, int price, int link, int target) {
    if (stamp[node] == search && cost[node] <= price) {
      return;
    }
    int left = hopsLeft(node, target);
    if (left >= FAR) {
      return;
    }
    stamp[node] = search;
    cost[node] = price;
    via[node] = link;
    open.push((long) (price + (frameBytes > 0 ? 0 : left * HOP)) << 32 | node);
  }

  private int[] unwind(int target) {
    int length = 0;
    for (int link = via[target]; link >= 0; link = via[topology.from[link]]) {
      length++;
    }
    int[] path = new int[length];
    for (int link = via[target]; link >= 0; link = via[topology.from[link]]) {
      path[--length] = link;
    }
    return path;
  }

  private int price(int link, BitSet dear) {
    if (frameBytes > 0) {
      Link model = topology.link(link);
      return (int) (model.receptionTime(frameBytes) + model.processing());
    }
    double used = load[link];
    int price = HOP + (int) (used * used * 2 * HOP);
    return dear.get(link) ? price + 3 * HOP : price;
  }

  /** Sets out for a target: the distances from its bridges are at hand. */
  private void aim(int target) {
    int[] last = topology.incoming[target];
    goals = new int[last.length][];
    int found = 0;
    for (int link : last) {
      int bridge = topology.bridgeNumber[topology.from[link]];
      if (bridge >= 0) {
        goals[found++] = distances(bridge, topology.from[link]);
      }
    }
    goals = Arrays.copyOf(goals, found);
  }

  /** Hops that are left at least; {@link #FAR} if the target cannot be reached. */
  private int hopsLeft(int node, int target) {
    int bridge = topology.bridgeNumber[node];
    if (bridge < 0 || node == target) {
      return 0;
    }
    int least = FAR;
    for (int[] distance : goals) {
      least = Math.min(least, distance[bridge] + 1);
    }
    return least;
  }

  private int[] distances(int number, int bridge) {
    int[] known = distances[number];
    if (known != null) {
      return known;
    }
    int[] distance = new int[distances.length];
    Arrays.fill(distance, FAR);
    int[] queue = new int[distances.length];
    int tail = 0;
    distance[number] = 0;
    queue[tail++] = bridge;
    for (int head = 0; head < tail; head++) {
      int node = queue[head];
      for (int link : topology.incoming[node]) {
        int previous = topology.bridgeNumber[topology.from[link]];
        if (previous >= 0 && distance[previous] == FAR) {
          distance[previous] = distance[topology.bridgeNumber[node]] + 1;
          queue[tail++] = topology.from[link];
        }
      }
    }
    distances[number] = distance;
    return distance;
  }
}
