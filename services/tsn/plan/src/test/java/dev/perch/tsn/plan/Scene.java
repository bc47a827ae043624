package dev.perch.tsn.plan;

import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Node;
import dev.perch.tsn.plan.model.Port;
import dev.perch.tsn.plan.model.Stream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Small random networks with everything the model has, and streams for them. */
record Scene(Network network, List<Stream> streams) {
  private static final long[][] INTERVALS = {
    {500_000, 1_000_000, 2_000_000}, {250_000, 500_000, 1_250_000}, {100_000, 200_000}
  };

  static Scene random(long seed, int streams) {
    Random random = new Random(seed);
    Network network = network(random);
    return new Scene(network, streams(network, random, streams));
  }

  private static Network network(Random random) {
    int bridges = 2 + random.nextInt(4);
    int clockError = random.nextInt(3) == 0 ? 1 + random.nextInt(500) : 0;
    DeviceProfile device =
        switch (random.nextInt(5)) {
          case 0 -> DeviceProfile.FELIX.withTick(1);
          case 1 -> DeviceProfile.UNLIMITED.withTick(100);
          case 2 -> DeviceProfile.STMMAC_64;
          default -> DeviceProfile.UNLIMITED;
        };
    List<Node> nodes = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    int queues = 1 + random.nextInt(3);
    int cut = random.nextBoolean() ? 24 : 0;
    for (int i = 0; i < bridges; i++) {
      nodes.add(new Bridge("b" + i, clockError, device));
      if (i > 0) {
        join(links, "b" + (i - 1), "b" + i, random, queues, cut);
      }
    }
    if (bridges > 2) {
      join(links, "b" + (bridges - 1), "b0", random, queues, cut);
    }
    for (int i = 0; i < bridges * 2; i++) {
      nodes.add(new EndStation("h" + i, clockError, DeviceProfile.UNLIMITED));
      join(links, "h" + i, "b" + i % bridges, random, queues, cut);
    }
    return new Network(nodes, links);
  }

  private static void join(
      List<Link> links, String one, String other, Random random, int queues, int cut) {
    long rate = random.nextInt(4) == 0 ? 100 : 1_000;
    int propagation = random.nextInt(500);
    for (String[] ends : new String[][] {{one, other}, {other, one}}) {
      Port port = random.nextInt(4) == 0 ? Port.preempting(rate, queues) : Port.of(rate, queues);
      links.add(
          new Link(ends[0] + "-" + ends[1], ends[0], ends[1], rate, propagation, 1_500, cut, port));
    }
  }

  private static List<Stream> streams(Network network, Random random, int count) {
    List<String> hosts =
        network.nodes().stream().filter(EndStation.class::isInstance).map(Node::name).toList();
    long[] intervals = INTERVALS[random.nextInt(INTERVALS.length)];
    List<Stream> streams = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> ends = new ArrayList<>(hosts);
      Collections.shuffle(ends, random);
      int fan = 1 + (random.nextInt(3) == 0 ? random.nextInt(3) : 0);
      var stream =
          Stream.of(
                  "s" + i,
                  ends.getFirst(),
                  ends.subList(1, 1 + Math.min(fan, ends.size() - 1)),
                  intervals[random.nextInt(intervals.length)],
                  50 + random.nextInt(700))
              .but()
              .movable(random.nextBoolean());
      if (random.nextInt(5) == 0) {
        stream.framesPerInterval(2 + random.nextInt(2));
      }
      if (random.nextInt(4) == 0) {
        stream.maxLatency(20_000L + random.nextInt(200_000));
      }
      if (random.nextInt(6) == 0) {
        stream.earliestOffset(10_000).latestOffset(90_000L);
      }
      if (fan == 1 && random.nextInt(8) == 0) {
        stream.seamlessTrees(2);
      }
      streams.add(stream.build());
    }
    return streams;
  }
}
