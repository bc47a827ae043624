package dev.perch.tsn.plan.format;

import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Node;
import dev.perch.tsn.plan.model.Stream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a scenario of TSNBench: streams ({@code .pat}) and topology ({@code .top}). Fields that
 * only hint at how to search are left alone.
 */
public final class TsnBenchReader {
  private final Faults faults = new Faults();

  /**
   * Reads both files.
   *
   * @throws BadInputException with everything that is wrong with them, also if one cannot be read
   */
  public Scenario read(Path streams, Path topology) throws BadInputException {
    JsonPlace graph = JsonFile.read(topology, faults);
    JsonPlace pattern = JsonFile.read(streams, faults);
    faults.raise();
    Network network = network(graph);
    List<Stream> asked = streams(pattern, network);
    faults.raise();
    return new Scenario(network, asked);
  }

  /** What the links into a node need of it. */
  private record Forwarding(long processing, int cutThroughBytes, long queues) {}

  private Network network(JsonPlace graph) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    Map<String, Forwarding> forwarding = new HashMap<>();
    for (JsonPlace place : graph.at("nodes").elements()) {
      String id = place.at("id").text();
      Node node =
          place.make(() -> place.at("is_switch").bool(false) ? new Bridge(id) : new EndStation(id));
      if (node != null && nodes.put(id, node) != null) {
        place.at("id").fault(id, "name each node once");
      }
      forwarding.put(
          id,
          new Forwarding(
              place.at("processing_delay_ns").upward(),
              (int) place.at("fwd_header_b").integer(0, 65_535, 0),
              place.at("queues_per_port").integer(1, 64, 8)));
    }
    Map<String, Link> links = new LinkedHashMap<>();
    // Newer networkx calls them edges.
    JsonPlace edges = graph.at(graph.at("edges").exists() ? "edges" : "links");
    for (JsonPlace place : edges.elements()) {
      Link link = link(place, nodes, forwarding);
      if (link != null && links.putIfAbsent(link.name(), link) != null) {
        place.fault(link.name(), "give parallel links different keys");
      }
    }
    return new Network(List.copyOf(nodes.values()), List.copyOf(links.values()));
  }

  private @Nullable Link link(
      JsonPlace place, Map<String, Node> nodes, Map<String, Forwarding> forwarding) {
    String from = place.at("source").text();
    String to = place.at("target").text();
    for (String end : List.of("source", "target")) {
      String node = place.at(end).text("");
      if (!node.isEmpty() && !nodes.containsKey(node)) {
        place.at(end).fault(node, "name a node of the topology");
        return null;
      }
    }
    Forwarding at = forwarding.get(to);
    Forwarding sender = forwarding.get(from);
    if (at == null || sender == null) {
      return null;
    }
    long rate = place.at("link_speed_mbps").integer(1, 1_600_000);
    return place.make(
        () ->
            new Link(
                name(from, to, place.at("key").text("0")),
                from,
                to,
                rate,
                place.at("propagation_delay_ns").upward(),
                at.processing,
                at.cutThroughBytes,
                Ports.of(sender.queues, rate)));
  }

  /** {@code n1-n2}, and {@code n1-n2#1} for a parallel link. */
  private static String name(String from, String to, String key) {
    return from + "-" + to + (key.equals("0") ? "" : "#" + key);
  }

  private List<Stream> streams(JsonPlace pattern, Network network) {
    List<Stream> streams = new ArrayList<>();
    for (Map.Entry<String, JsonPlace> member : pattern.members()) {
      JsonPlace place = member.getValue();
      List<String> sources = place.at("sources").texts();
      List<String> destinations = place.at("destinations").texts();
      if (sources.size() != 1) {
        place.at("sources").fault(sources.size() + " talkers", "name one");
        continue;
      }
      long interval = place.at("cycle_time_ns").integer(1, Long.MAX_VALUE);
      int bytes = (int) place.at("frame_size_b").integer(1, 65_535);
      Long bound = place.at("max_latency_ns").optional(1);
      int trees = Math.max(1, (int) place.at("redundancy").integer(0, 8, 1));
      List<List<String>> routes = routes(place.at("route"), network, trees);
      Stream stream =
          place.make(
              () ->
                  Stream.of(member.getKey(), sources.getFirst(), destinations, interval, bytes)
                      .but()
                      .maxLatency(bound)
                      .seamlessTrees(trees)
                      .routes(routes)
                      .build());
      if (stream == null) {
        continue;
      }
      network
          .violationsOf(stream)
          .forEach(
              violation ->
                  place.fault(violation.field() + " " + violation.found(), violation.remedy()));
      streams.add(stream);
    }
    return streams;
  }

  /**
   * Links as {@code [source, target]} or {@code [source, target, key]}, nodes in order, or either
   * by listener; of one tree only.
   */
  private List<List<String>> routes(JsonPlace route, Network network, int trees) {
    if (!route.exists()) {
      return List.of();
    }
    if (trees > 1) {
      route.fault("a route of a redundant stream", "leave it out");
      return List.of();
    }
    Set<String> links = new LinkedHashSet<>();
    if (route.isObject()) {
      route.members().forEach(listener -> addLinks(listener.getValue(), network, links));
    } else {
      addLinks(route, network, links);
    }
    return links.isEmpty() ? List.of() : List.of(List.copyOf(links));
  }

  private static void addLinks(JsonPlace route, Network network, Set<String> links) {
    String before = "";
    for (JsonPlace step : route.elements()) {
      if (step.isArray()) {
        List<String> ends = step.texts();
        String key = ends.size() > 2 ? ends.get(2) : "0";
        add(ends.size() < 2 ? "" : name(ends.get(0), ends.get(1), key), step, network, links);
      } else {
        String node = step.text();
        if (!before.isEmpty()) {
          add(name(before, node, "0"), step, network, links);
        }
        before = node;
      }
    }
  }

  private static void add(String link, JsonPlace step, Network network, Set<String> links) {
    if (network.link(link).isEmpty()) {
      step.fault(link, "write a link of the topology as [source, target]");
    }
    links.add(link);
  }
}
