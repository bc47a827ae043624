package dev.perch.tsn.plan.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes and the links between them. Immutable; parallel links and one-way links are allowed. */
public final class Network {
  private final List<Node> nodes;
  private final List<Link> links;
  private final Map<String, Node> nodeByName;
  private final Map<String, Link> linkByName;
  private final Map<String, List<Link>> outgoing;

  /**
   * @throws InvalidModelException if names repeat, or a link's end is unknown
   */
  public Network(List<? extends Node> nodes, List<Link> links) {
    this.nodes = List.copyOf(nodes);
    this.links = List.copyOf(links);
    this.nodeByName = HashMap.newHashMap(nodes.size());
    this.linkByName = HashMap.newHashMap(links.size());
    this.outgoing = HashMap.newHashMap(nodes.size());
    var violations = new Violations("network");
    for (Node node : this.nodes) {
      violations.require(
          nodeByName.put(node.name(), node) == null, "node", node.name(), "may appear once only");
    }
    for (Link link : this.links) {
      violations.require(
          linkByName.put(link.name(), link) == null, "link", link.name(), "may appear once only");
      for (String end : List.of(link.from(), link.to())) {
        violations.require(
            nodeByName.containsKey(end),
            "link " + link.name(),
            "at " + end,
            "must join nodes of the network");
      }
      outgoing.computeIfAbsent(link.from(), from -> new ArrayList<>()).add(link);
    }
    violations.raise();
  }

  public List<Node> nodes() {
    return nodes;
  }

  public List<Link> links() {
    return links;
  }

  public Optional<Node> node(String name) {
    return Optional.ofNullable(nodeByName.get(name));
  }

  public Optional<Link> link(String name) {
    return Optional.ofNullable(linkByName.get(name));
  }

  /** The links that a node sends into, in the order they were given. */
  public List<Link> from(String node) {
    return List.copyOf(outgoing.getOrDefault(node, List.of()));
  }

  /**
   * The node that sends into a link.
   *
   * @throws IllegalArgumentException if the link is of another network
   */
  public Node sender(Link link) {
    Node sender = nodeByName.get(link.from());
    if (sender == null) {
      throw new IllegalArgumentException("no node " + link.from() + " in the network");
    }
    return sender;
  }

  /** What of a stream does not fit this network; empty if all of it does. */
  public List<Violation> violationsOf(Stream stream) {
    var violations = new Violations("stream " + stream.name());
    requireEndStation(violations, "talker", stream.talker());
    for (String listener : stream.listeners()) {
      requireEndStation(violations, "listener", listener);
    }
    for (List<String> route : stream.routes()) {
      for (String link : route) {
        violations.require(
            linkByName.containsKey(link), "route", link, "must be a link of the network");
      }
    }
    return violations.list();
  }

  private void requireEndStation(Violations violations, String field, String name) {
    violations.require(
        nodeByName.get(name) instanceof EndStation,
        field,
        name,
        "must be an end station of the network");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that && nodes.equals(that.nodes) && links.equals(that.links);
  }

  @Override
  public int hashCode() {
    return 31 * nodes.hashCode() + links.hashCode();
  }

  @Override
  public String toString() {
    return "Network[" + nodes.size() + " nodes, " + links.size() + " links]";
  }
}
