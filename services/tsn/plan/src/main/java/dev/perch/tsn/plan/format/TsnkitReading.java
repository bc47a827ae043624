package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.check.PlanCheck;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Port;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What those who read tsnkit's files make of a plan: each frame in a window of its own, with the
 * sizes that were asked for, whatever sizes there was room for.
 *
 * @param document to be written: the plan in queues that suit every reading of sizes
 * @param asked the streams of the plan, as they were asked for
 * @param plan with the gates that the files will say
 */
public record TsnkitReading(PlanDocument document, Scenario asked, Plan plan) {

  /**
   * Reads a plan before it is written.
   *
   * @param document a plan for these streams, in the same network but for devices and sizes
   * @param asked what was asked for
   */
  public static TsnkitReading of(PlanDocument document, Scenario asked) {
    Network network = document.scenario().network();
    Plan plan = Objects.requireNonNull(document.plan());
    Map<String, Stream> planned = byName(document.scenario().streams());
    List<Stream> placed =
        asked.streams().stream()
            .filter(stream -> plan.streams().containsKey(stream.name()))
            .toList();
    TsnkitQueues queues = new TsnkitQueues(network);
    for (Stream stream : placed) {
      queues.add(of(planned, stream), stream.frameBytes(), of(plan.streams(), stream));
    }
    Map<String, StreamPlan> plans = new LinkedHashMap<>();
    for (Stream stream : placed) {
      plans.put(stream.name(), queues.apart(of(plan.streams(), stream)));
    }
    Network understood = withQueues(asked.network(), plans);
    TsnkitWindows windows = new TsnkitWindows(understood, asked.streams());
    for (Stream stream : placed) {
      windows.add(of(planned, stream), of(plans, stream));
    }
    return new TsnkitReading(
        new PlanDocument(document.scenario(), new Plan(plans, plan.gates()), document.refusals()),
        new Scenario(understood, placed),
        new Plan(plans, windows.lists()));
  }

  /** Whether the files would have more windows than they can hold. */
  public static boolean isTooLong(Scenario asked) {
    return TsnkitWindows.areTooMany(asked.streams());
  }

  /** What both checkers find. */
  public PlanCheck.Report check() {
    return PlanCheck.check(asked.network(), asked.streams(), plan);
  }

  /** All queues from the lowest one on that a plan uses on a port are time-triggered. */
  static Network withQueues(Network network, Map<String, StreamPlan> plans) {
    Map<String, Integer> lowest = new HashMap<>();
    plans
        .values()
        .forEach(
            plan ->
                plan.trees()
                    .getFirst()
                    .hops()
                    .forEach(hop -> lowest.merge(hop.link(), hop.queue(), Math::min)));
    List<Link> links =
        network.links().stream()
            .map(link -> withQueue(link, lowest.getOrDefault(link.name(), 7)))
            .toList();
    return new Network(network.nodes(), links);
  }

  static Link withQueue(Link link, int lowest) {
    Port port = link.port();
    return lowest >= port.lowestTimeTriggered()
        ? link
        : link.withPort(
            new Port(port.queues(), port.queues() - lowest, port.guardBand(), port.preemption()));
  }

  private static Map<String, Stream> byName(List<Stream> streams) {
    Map<String, Stream> byName = new HashMap<>();
    streams.forEach(stream -> byName.put(stream.name(), stream));
    return byName;
  }

  private static <T> T of(Map<String, T> byName, Stream stream) {
    return Objects.requireNonNull(byName.get(stream.name()), stream.name());
  }
}
