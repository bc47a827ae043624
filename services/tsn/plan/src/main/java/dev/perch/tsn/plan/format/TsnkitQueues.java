package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Port;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gives frames queues of their own where the readers of tsnkit's files could see them come out of
 * order. A size is read in several ways there: with or without what is on the wire beside it,
 * rounded or not. A frame that is shorter than it was planned is early at the next port; in one
 * queue with the frame that is due before, it could take that one's window. So on each port no
 * frame may come into a queue before the window of the one ahead of it is over.
 */
final class TsnkitQueues {
  /** Preamble, delimiter and gap: the shortest reading counts them as part of the size. */
  private static final int UNCOUNTED = 20;

  private final Network network;
  private final Map<String, List<Use>> ports = new LinkedHashMap<>();

  /** By stream and link. */
  private final Map<String, Map<String, Integer>> queues = new HashMap<>();

  /**
   * A stream on a port.
   *
   * @param from when its frame may come, ns; negative if it is before the interval begins
   * @param length from then to the end of its window
   */
  private record Use(String stream, long interval, long from, long length, int planned) {
    boolean mayMeet(Use other) {
      long divisor = gcd(interval, other.interval);
      long ahead = Math.floorMod(other.from - from, divisor);
      return ahead < length || divisor - ahead < other.length;
    }
  }

  TsnkitQueues(Network network) {
    this.network = network;
  }

  /**
   * @param planned with the size that there is room for
   * @param frameBytes the size that was asked for
   */
  void add(Stream planned, int frameBytes, StreamPlan plan) {
    Map<String, Hop> into = new HashMap<>();
    for (Hop hop : plan.trees().getFirst().hops()) {
      Link link = link(hop);
      Hop before = into.get(link.from());
      into.put(link.to(), hop);
      long from = before == null ? hop.start() : earliest(before, frameBytes);
      ports
          .computeIfAbsent(hop.link(), name -> new ArrayList<>())
          .add(
              new Use(
                  planned.name(),
                  planned.interval(),
                  from,
                  hop.start() + link.wireTime(planned.frameBytes()) - from,
                  hop.queue()));
    }
  }

  private long earliest(Hop before, int frameBytes) {
    Link link = link(before);
    long received = Link.duration(Math.max(0, frameBytes - UNCOUNTED), link.rate());
    return before.start() + received + link.propagation() + link.processing();
  }

  /** The same plan in the queues that were chosen. */
  StreamPlan apart(StreamPlan plan) {
    if (queues.isEmpty()) {
      ports.forEach(
          (link, uses) ->
              choose(uses, link(link).port())
                  .forEach(
                      (use, queue) ->
                          queues
                              .computeIfAbsent(use.stream, name -> new HashMap<>())
                              .put(link, queue)));
    }
    Map<String, Integer> own = queues.getOrDefault(plan.stream(), Map.of());
    Tree tree = plan.trees().getFirst();
    List<Hop> hops =
        tree.hops().stream()
            .map(
                hop -> new Hop(hop.link(), own.getOrDefault(hop.link(), hop.queue()), hop.starts()))
            .toList();
    return new StreamPlan(plan.stream(), List.of(new Tree(hops)));
  }

  /**
   * Time-triggered queues first, the lowest one first, then those below; as planned on a port that
   * has too few.
   */
  private static Map<Use, Integer> choose(List<Use> uses, Port port) {
    List<List<Use>> taken = new ArrayList<>();
    for (int i = 0; i < port.queues(); i++) {
      taken.add(new ArrayList<>());
    }
    Map<Use, Integer> chosen = new LinkedHashMap<>();
    List<Use> order = new ArrayList<>(uses);
    order.sort(Comparator.comparingLong((Use use) -> use.from + use.length));
    for (Use use : order) {
      Integer queue = firstFree(use, taken, port);
      if (queue == null) {
        uses.forEach(one -> chosen.put(one, one.planned));
        return chosen;
      }
      taken.get(queue).add(use);
      chosen.put(use, queue);
    }
    return chosen;
  }

  private static @Nullable Integer firstFree(Use use, List<List<Use>> taken, Port port) {
    if (use.length > use.interval) {
      return null;
    }
    for (int i = 0; i < port.queues(); i++) {
      int above = port.lowestTimeTriggered() + i;
      int queue = above < port.queues() ? above : port.queues() - 1 - i;
      if (taken.get(queue).stream().noneMatch(use::mayMeet)) {
        return queue;
      }
    }
    return null;
  }

  private Link link(Hop hop) {
    return link(hop.link());
  }

  private Link link(String name) {
    return Objects.requireNonNull(network.link(name).orElse(null), name);
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
