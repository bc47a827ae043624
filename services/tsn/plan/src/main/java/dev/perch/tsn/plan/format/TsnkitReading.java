package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.check.PlanCheck;
import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.DeviceProfile;
import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Node;
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

  private static final DeviceProfile LIMITLESS =
      new DeviceProfile(
          "limitless",
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          1,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          1,
          false,
          false);

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
    Network understood = understoodBy(asked.network(), plans);
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

  private static Network understoodBy(Network network, Map<String, StreamPlan> plans) {
    Map<String, Integer> lowest = new HashMap<>();
    plans
        .values()
        .forEach(
            plan ->
                plan.trees()
                    .getFirst()
                    .hops()
                    .forEach(hop -> lowest.merge(hop.link(), hop.queue(), Math::min)));
    return understood(network, lowest);
  }

  /**
   * The network of a plan in files: all queues of a port from the lowest one on that is used are
   * time-triggered, and no device is asked whether it can hold the windows of a whole hyperperiod.
   *
   * @param lowest queue that the plan uses, by link
   */
  static Network understood(Network network, Map<String, Integer> lowest) {
    return new Network(
        network.nodes().stream().map(TsnkitReading::withoutLimits).toList(),
        network.links().stream()
            .map(link -> withQueue(link, lowest.getOrDefault(link.name(), 7)))
            .toList());
  }

  private static Node withoutLimits(Node node) {
    return switch (node) {
      case Bridge(var name, var clockError, _) -> new Bridge(name, clockError, LIMITLESS);
      case EndStation(var name, var clockError, _) -> new EndStation(name, clockError, LIMITLESS);
    };
  }

  private static Link withQueue(Link link, int lowest) {
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
