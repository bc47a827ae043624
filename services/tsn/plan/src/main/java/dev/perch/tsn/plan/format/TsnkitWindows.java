package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The gates of a plan as tsnkit writes them: over the hyperperiod each frame has a window of its
 * own, from its start for its time on the wire. So no frame goes before its time in tools that
 * count the wire differently.
 */
final class TsnkitWindows {
  /** More than any tool would read. */
  private static final long MOST = 20_000_000;

  private final Network network;
  private final long hyperperiod;
  private final Map<String, TreeMap<Integer, List<Openings.Window>>> ports = new LinkedHashMap<>();

  /**
   * @param streams all that were asked for: their hyperperiod is the cycle
   */
  TsnkitWindows(Network network, List<Stream> streams) {
    this.network = network;
    this.hyperperiod = Hyperperiod.of(streams).orElse(Long.MAX_VALUE);
    network.links().forEach(link -> ports.put(link.name(), new TreeMap<>()));
  }

  /** Whether there are more of them than a file can hold. */
  static boolean areTooMany(List<Stream> streams) {
    long hyperperiod = Hyperperiod.of(streams).orElse(Long.MAX_VALUE);
    double windows = 0;
    for (Stream stream : streams) {
      windows += (double) hyperperiod / stream.interval();
    }
    return windows > MOST;
  }

  long cycle() {
    return hyperperiod;
  }

  void add(Stream stream, StreamPlan plan) {
    for (Hop hop : plan.trees().getFirst().hops()) {
      Link link = link(hop.link());
      long onWire = link.wireTime(stream.frameBytes());
      List<Openings.Window> windows =
          Objects.requireNonNull(ports.get(hop.link()))
              .computeIfAbsent(hop.queue(), queue -> new ArrayList<>());
      for (long start : hop.starts()) {
        add(windows, start % stream.interval(), stream.interval(), onWire);
      }
    }
  }

  /** A window that goes over the end of the cycle is two. */
  private void add(List<Openings.Window> windows, long first, long interval, long onWire) {
    for (long at = first; at < hyperperiod; at += interval) {
      long end = at + onWire;
      windows.add(new Openings.Window(at, Math.min(end, hyperperiod)));
      if (end > hyperperiod) {
        windows.add(new Openings.Window(0, end - hyperperiod));
      }
    }
  }

  /** Who is told of windows. */
  interface Visitor {
    void visit(Link link, int queue, Openings.Window window);
  }

  /** Tells of all windows: by link and queue, in the order they open. */
  void forEach(Visitor visitor) {
    ports.forEach(
        (name, queues) ->
            queues.forEach(
                (queue, windows) -> {
                  windows.sort(Comparator.comparingLong(Openings.Window::start));
                  windows.forEach(window -> visitor.visit(link(name), queue, window));
                }));
  }

  /** What a reader makes of them. */
  Map<String, GateList> lists() {
    Map<String, TsnkitGates> gates = new LinkedHashMap<>();
    forEach(
        (link, queue, window) ->
            gates
                .computeIfAbsent(link.name(), name -> new TsnkitGates(hyperperiod))
                .add(queue, window));
    Map<String, GateList> lists = new LinkedHashMap<>();
    gates.forEach((name, port) -> lists.put(name, port.list(link(name))));
    return lists;
  }

  private Link link(String name) {
    return Objects.requireNonNull(network.link(name).orElse(null), name);
  }
}
