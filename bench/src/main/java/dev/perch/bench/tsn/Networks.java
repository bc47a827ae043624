package dev.perch.bench.tsn;

import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Node;
import dev.perch.tsn.plan.model.Port;
import java.util.ArrayList;
import java.util.List;

/**
 * Networks in the shapes of the public benchmark sets; full-duplex, bridges b…, end stations h….
 */
final class Networks {
  private final List<Node> nodes = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final int processing;
  private final int queues;
  private int hosts;

  private Networks(int processing, int queues) {
    this.processing = processing;
    this.queues = queues;
  }

  /** Bridges in a rectangle, each with its neighbours and its hosts. */
  static Network grid(
      int rows, int columns, int hostsEach, long hostRate, long coreRate, int queues) {
    var made = new Networks(2_000, queues);
    made.bridges(rows * columns);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int bridge = row * columns + column;
        if (column + 1 < columns) {
          made.join("b" + bridge, "b" + (bridge + 1), coreRate);
        }
        if (row + 1 < rows) {
          made.join("b" + bridge, "b" + (bridge + columns), coreRate);
        }
        made.hosts(bridge, hostsEach, hostRate);
      }
    }
    return made.network();
  }

  /** Bridges in a circle. */
  static Network ring(int bridges, int hostsEach, int processing) {
    var made = new Networks(processing, 1);
    made.bridges(bridges);
    for (int bridge = 0; bridge < bridges; bridge++) {
      made.join("b" + bridge, "b" + (bridge + 1) % bridges, 1_000);
      made.hosts(bridge, hostsEach, 1_000);
    }
    return made.network();
  }

  /** Bridges in a row. */
  static Network line(int bridges, int hostsEach, int processing) {
    var made = new Networks(processing, 1);
    made.bridges(bridges);
    for (int bridge = 0; bridge < bridges; bridge++) {
      if (bridge > 0) {
        made.join("b" + (bridge - 1), "b" + bridge, 1_000);
      }
      made.hosts(bridge, hostsEach, 1_000);
    }
    return made.network();
  }

  /** Bridges in a circle with a chord from each to the one opposite. */
  static Network mesh(int bridges, int hostsEach, int processing, int queues) {
    var made = new Networks(processing, queues);
    made.bridges(bridges);
    for (int bridge = 0; bridge < bridges; bridge++) {
      made.join("b" + bridge, "b" + (bridge + 1) % bridges, 1_000);
      if (bridge < bridges / 2) {
        made.join("b" + bridge, "b" + (bridge + bridges / 2), 1_000);
      }
      made.hosts(bridge, hostsEach, 1_000);
    }
    return made.network();
  }

  /** Two layers: every leaf is joined to every spine, hosts hang on the leaves. */
  static Network fatTree(int spines, int leaves, int hostsEach, int processing) {
    var made = new Networks(processing, 1);
    made.bridges(leaves + spines);
    for (int leaf = 0; leaf < leaves; leaf++) {
      for (int spine = 0; spine < spines; spine++) {
        made.join("b" + leaf, "b" + (leaves + spine), 1_000);
      }
      made.hosts(leaf, hostsEach, 1_000);
    }
    return made.network();
  }

  private void bridges(int count) {
    for (int i = 0; i < count; i++) {
      nodes.add(new Bridge("b" + i));
    }
  }

  private void hosts(int bridge, int count, long rate) {
    for (int i = 0; i < count; i++) {
      String host = "h" + hosts++;
      nodes.add(new EndStation(host));
      join("b" + bridge, host, rate);
    }
  }

  private void join(String one, String other, long rate) {
    links.add(link(one, other, rate));
    links.add(link(other, one, rate));
  }

  private Link link(String from, String to, long rate) {
    return Link.of(from, to, rate, processing).withPort(Port.of(rate, queues));
  }

  private Network network() {
    return new Network(nodes, links);
  }
}
