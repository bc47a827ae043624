package dev.perch.bench.tsn;

import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Node;
import dev.perch.tsn.plan.model.Stream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes streams for which a schedule exists: it is built along with them, and thrown away. Streams
 * start at a random time, or as early as possible, on random shortest ways; so the links they share
 * get as full as chance fills them. Uses nothing of the planner.
 */
final class Hidden {
  private final Network network;
  private final Random random;
  private final Map<String, List<Taken>> taken = new HashMap<>();
  private final List<String> hosts;

  private record Taken(long start, long length, long interval) {}

  private record Step(Link link, long start) {}

  private Hidden(Network network, long seed) {
    this.network = network;
    this.random = new Random(seed);
    this.hosts = Streams.hosts(network);
  }

  /**
   * At most {@code count} streams.
   *
   * @param intervals to choose from
   * @param listeners most listeners of a stream
   * @param factor the bound of latency, as a multiple of what the hidden schedule needs
   */
  static List<Stream> streams(
      Network network, int count, long[] intervals, int listeners, double factor, long seed) {
    var hidden = new Hidden(network, seed);
    List<Stream> streams = new ArrayList<>();
    for (int tries = 0; streams.size() < count && tries < 3 * count; tries++) {
      Stream stream = hidden.next("f" + streams.size(), intervals, listeners, factor);
      if (stream != null) {
        streams.add(stream);
      }
    }
    Collections.shuffle(streams, hidden.random);
    return streams;
  }

  private @Nullable Stream next(String name, long[] intervals, int listeners, double factor) {
    List<String> ends = new ArrayList<>(hosts);
    Collections.shuffle(ends, random);
    int fan = Math.min(1 + random.nextInt(listeners), ends.size() - 1);
    int bytes = 64 + random.nextInt(1437);
    long interval = intervals[random.nextInt(intervals.length)];
    List<String> to = List.copyOf(ends.subList(1, 1 + fan));
    List<Step> steps = lay(ends.getFirst(), to, bytes);
    boolean early = random.nextBoolean();
    long offset = early ? 0 : random.nextLong(interval);
    long end = early ? interval : offset + interval;
    while (offset < end) {
      long delay = delay(steps, offset, bytes, interval);
      if (delay == 0) {
        long latency = 0;
        for (Step step : steps) {
          taken
              .computeIfAbsent(step.link.name(), link -> new ArrayList<>())
              .add(new Taken(offset + step.start, step.link.wireTime(bytes), interval));
          latency = Math.max(latency, step.start + step.link.receptionTime(bytes));
        }
        return Stream.of(name, ends.getFirst(), to, interval, bytes)
            .but()
            .maxLatency((long) Math.ceil(latency * factor))
            .build();
      }
      offset += delay;
    }
    return null;
  }

  /** How much later the stream must start at least, because of the first conflict that is found. */
  private long delay(List<Step> steps, long offset, int bytes, long interval) {
    for (Step step : steps) {
      long start = offset + step.start;
      long length = step.link.wireTime(bytes);
      for (Taken other : taken.getOrDefault(step.link.name(), List.of())) {
        long divisor = gcd(interval, other.interval);
        long after = Math.floorMod(start - other.start, divisor);
        if (after < other.length) {
          return other.length - after;
        }
        if (divisor - after < length) {
          return divisor - after + other.length;
        }
      }
    }
    return 0;
  }

  /** Links of a random tree of shortest ways, with the time at which each is reached. */
  private List<Step> lay(String talker, List<String> listeners, int bytes) {
    Map<String, Link> into = new HashMap<>();
    Deque<String> queue = new ArrayDeque<>(List.of(talker));
    Set<String> seen = new HashSet<>(queue);
    Map<String, Node> byName = new HashMap<>();
    network.nodes().forEach(node -> byName.put(node.name(), node));
    while (!queue.isEmpty()) {
      String node = queue.removeFirst();
      if (!node.equals(talker) && !(byName.get(node) instanceof Bridge)) {
        continue;
      }
      List<Link> out = new ArrayList<>(network.from(node));
      Collections.shuffle(out, random);
      for (Link link : out) {
        if (seen.add(link.to())) {
          into.put(link.to(), link);
          queue.addLast(link.to());
        }
      }
    }
    Map<String, Step> steps = new LinkedHashMap<>();
    for (String listener : listeners) {
      Deque<Link> way = new ArrayDeque<>();
      for (Link link = into.get(listener); link != null; link = into.get(link.from())) {
        way.addFirst(link);
      }
      Link before = null;
      long start = 0;
      for (Link link : way) {
        start += before == null ? 0 : before.forwardingDelay(bytes, link);
        steps.putIfAbsent(link.name(), new Step(link, start));
        before = link;
      }
    }
    return List.copyOf(steps.values());
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
