package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * When frames start on each link: the format only says when talkers do, and when gates are open.
 * Each frame goes, first in, first out, when the gate of its queue is open for long enough. What is
 * kept is the first frame of the second hyperperiod; whether the others do the same is for the
 * checkers to see.
 */
final class TsnkitTimes {
  private record Route(Stream stream, long offset, List<Step> steps, long[] starts) {}

  /** A link of a stream, after the one it is fed from. */
  private record Step(Link link, int queue, int parent) {}

  private record Arrival(long time, int route, int step, long instance) {}

  private final Network network;
  private final Map<String, TsnkitGates> gates;
  private final long hyperperiod;
  private final List<Route> routes = new ArrayList<>();
  private final Map<String, Openings> openings = new HashMap<>();

  TsnkitTimes(Network network, Map<String, TsnkitGates> gates, long hyperperiod) {
    this.network = network;
    this.gates = gates;
    this.hyperperiod = hyperperiod;
  }

  /**
   * @param queues by link, all of the network; in any order
   */
  void add(Stream stream, long offset, Map<String, Integer> queues) {
    List<Step> steps = new ArrayList<>();
    Map<String, Integer> left = new LinkedHashMap<>(queues);
    append(stream.talker(), -1, left, steps);
    // Links that nothing leads to are none of a tree; the checkers say so.
    left.forEach((name, queue) -> steps.add(new Step(link(name), queue, -1)));
    routes.add(new Route(stream, offset, steps, new long[steps.size()]));
  }

  private void append(String node, int parent, Map<String, Integer> left, List<Step> steps) {
    for (Link link : network.from(node)) {
      Integer queue = left.remove(link.name());
      if (queue != null) {
        steps.add(new Step(link, queue, parent));
        append(link.to(), steps.size() - 1, left, steps);
      }
    }
  }

  /** Where and when each stream travels, in the order they were added. */
  Map<String, StreamPlan> plans() {
    run();
    Map<String, StreamPlan> plans = new LinkedHashMap<>();
    for (Route route : routes) {
      List<Hop> hops = new ArrayList<>();
      for (int i = 0; i < route.starts.length; i++) {
        Step step = route.steps.get(i);
        hops.add(new Hop(step.link.name(), step.queue, List.of(route.starts[i])));
      }
      String name = route.stream.name();
      plans.put(name, new StreamPlan(name, List.of(new Tree(hops))));
    }
    return plans;
  }

  private void run() {
    PriorityQueue<Arrival> arrivals =
        new PriorityQueue<>(
            Comparator.comparingLong(Arrival::time).thenComparingInt(Arrival::route));
    for (int i = 0; i < routes.size(); i++) {
      Route route = routes.get(i);
      for (int step = 0; step < route.starts.length; step++) {
        if (route.steps.get(step).parent < 0) {
          arrivals.add(new Arrival(route.offset, i, step, 0));
        }
      }
    }
    while (!arrivals.isEmpty()) {
      Arrival arrival = arrivals.remove();
      Route route = routes.get(arrival.route);
      long interval = route.stream.interval();
      long start = start(arrival, route);
      if (arrival.instance == hyperperiod / interval) {
        route.starts[arrival.step] = start - hyperperiod;
      }
      for (int next = 0; next < route.starts.length; next++) {
        if (route.steps.get(next).parent == arrival.step) {
          arrivals.add(
              new Arrival(start + delay(route, next), arrival.route, next, arrival.instance));
        }
      }
      if (route.steps.get(arrival.step).parent < 0
          && arrival.instance * interval < 2 * hyperperiod) {
        arrivals.add(
            new Arrival(
                arrival.time + interval, arrival.route, arrival.step, arrival.instance + 1));
      }
    }
  }

  private long start(Arrival arrival, Route route) {
    Step step = route.steps.get(arrival.step);
    Openings gate =
        openings.computeIfAbsent(step.link.name() + " " + step.queue, key -> openings(step));
    long onWire = step.link.wireTime(route.stream.frameBytes());
    if (step.parent < 0) {
      gate.pass(arrival.time, onWire);
      return arrival.time;
    }
    return gate.send(arrival.time, onWire);
  }

  private Openings openings(Step step) {
    TsnkitGates port = gates.get(step.link.name());
    return port == null ? new Openings(hyperperiod, List.of()) : port.openings(step.queue);
  }

  private static long delay(Route route, int step) {
    Step to = route.steps.get(step);
    return route.steps.get(to.parent).link.forwardingDelay(route.stream.frameBytes(), to.link);
  }

  private Link link(String name) {
    return network.link(name).orElseThrow();
  }
}
