package dev.perch.tsn.plan;

import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.Tree;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From when to when frames are in the queues of bridges. */
final class QueueStays {
  private record Stay(String stream, String queue, long from, long to, long interval) {
    boolean meets(Stay other) {
      if (!queue.equals(other.queue) || stream.equals(other.stream)) {
        return false;
      }
      long divisor =
          BigInteger.valueOf(interval).gcd(BigInteger.valueOf(other.interval)).longValue();
      long ahead = Math.floorMod(other.from - from, divisor);
      return ahead < to - from || divisor - ahead < other.to - other.from;
    }
  }

  private final List<Stay> stays = new ArrayList<>();

  QueueStays(Network network, List<Stream> streams, Plan plan) {
    for (Stream stream : streams) {
      if (plan.streams().containsKey(stream.name())) {
        plan.streams().get(stream.name()).trees().forEach(tree -> add(network, stream, tree));
      }
    }
  }

  private void add(Network network, Stream stream, Tree tree) {
    Map<String, Hop> into = new HashMap<>();
    for (Hop hop : tree.hops()) {
      Link link = network.link(hop.link()).orElseThrow();
      Hop before = into.get(link.from());
      into.put(link.to(), hop);
      if (before != null) {
        long delay =
            network.link(before.link()).orElseThrow().forwardingDelay(stream.frameBytes(), link);
        for (int frame = 0; frame < hop.starts().size(); frame++) {
          stays.add(
              new Stay(
                  stream.name(),
                  hop.link() + " " + hop.queue(),
                  before.starts().get(frame) + delay,
                  hop.starts().get(frame) + link.wireTime(stream.frameBytes()),
                  stream.interval()));
        }
      }
    }
  }

  /** Which frames of two streams are in one queue at the same time. */
  List<String> meetings() {
    List<String> meetings = new ArrayList<>();
    for (int i = 0; i < stays.size(); i++) {
      for (Stay other : stays.subList(i + 1, stays.size())) {
        if (stays.get(i).meets(other)) {
          meetings.add(stays.get(i) + " and " + other);
        }
      }
    }
    return meetings;
  }
}
