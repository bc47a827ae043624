package dev.perch.bench.tsn;

import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Node;
import dev.perch.tsn.plan.model.Stream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Streams between random hosts. Nobody has looked whether there is a schedule for them. */
final class Streams {
  private Streams() {}

  /** Unicast streams with intervals out of a list and frames of {@code leastBytes} to 1,500. */
  static List<Stream> random(
      Network network, int count, long[] intervals, int leastBytes, long seed) {
    var random = new SplittableRandom(seed);
    List<String> hosts = hosts(network);
    List<Stream> streams = new ArrayList<>();
    while (streams.size() < count) {
      streams.add(unicast(streams.size(), hosts, intervals, leastBytes, 1_501, random));
    }
    return streams;
  }

  /** Unicast streams that load no host's link of 1 Gbit/s more than a share of it. */
  static List<Stream> capped(
      Network network, int count, long[] intervals, int mostBytes, double share, long seed) {
    var random = new SplittableRandom(seed);
    List<String> hosts = hosts(network);
    Map<String, Double> load = new HashMap<>();
    List<Stream> streams = new ArrayList<>();
    while (streams.size() < count) {
      Stream stream = unicast(streams.size(), hosts, intervals, 64, mostBytes + 1, random);
      double more = (stream.frameBytes() + 20) * 8.0 / stream.interval();
      String out = "from " + stream.talker();
      String in = "to " + stream.listeners().getFirst();
      if (load.getOrDefault(out, 0.0) + more <= share
          && load.getOrDefault(in, 0.0) + more <= share) {
        load.merge(out, more, Double::sum);
        load.merge(in, more, Double::sum);
        streams.add(stream);
      }
    }
    return streams;
  }

  private static Stream unicast(
      int number,
      List<String> hosts,
      long[] intervals,
      int least,
      int end,
      SplittableRandom random) {
    int talker = random.nextInt(hosts.size());
    int listener = (talker + 1 + random.nextInt(hosts.size() - 1)) % hosts.size();
    return Stream.of(
        "s" + number,
        hosts.get(talker),
        List.of(hosts.get(listener)),
        intervals[random.nextInt(intervals.length)],
        random.nextInt(least, end));
  }

  /**
   * As {@link #random}, on a grid with {@code hostsEach} hosts a bridge: of five listeners four are
   * at most {@code reach} rows and columns away, one is anywhere.
   */
  static List<Stream> local(
      Network network,
      int count,
      long[] intervals,
      int columns,
      int hostsEach,
      int reach,
      long seed) {
    var random = new SplittableRandom(seed);
    List<String> hosts = hosts(network);
    int rows = hosts.size() / hostsEach / columns;
    List<Stream> streams = new ArrayList<>();
    while (streams.size() < count) {
      int talker = random.nextInt(hosts.size());
      int bridge = talker / hostsEach;
      boolean far = random.nextInt(5) == 0;
      int row = far ? random.nextInt(rows) : near(random, bridge / columns, reach, rows);
      int column = far ? random.nextInt(columns) : near(random, bridge % columns, reach, columns);
      int listener = (row * columns + column) * hostsEach + random.nextInt(hostsEach);
      if (listener != talker) {
        streams.add(
            Stream.of(
                "s" + streams.size(),
                hosts.get(talker),
                List.of(hosts.get(listener)),
                intervals[random.nextInt(intervals.length)],
                random.nextInt(64, 1_501)));
      }
    }
    return streams;
  }

  private static int near(SplittableRandom random, int here, int reach, int size) {
    return random.nextInt(Math.max(0, here - reach), Math.min(size, here + reach + 1));
  }

  static List<String> hosts(Network network) {
    return network.nodes().stream().filter(EndStation.class::isInstance).map(Node::name).toList();
  }
}
