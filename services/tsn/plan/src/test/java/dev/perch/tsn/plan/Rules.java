package dev.perch.tsn.plan;

import dev.perch.tsn.plan.model.GateEntry;
import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The rules of a valid plan, word by word, every pair of frames against each other: slow, and too
 * simple to be wrong in the way the planner could be.
 */
final class Rules {
  private final Network network;
  private final Map<String, Stream> streams = new HashMap<>();
  private final Plan plan;
  private final Map<String, List<Frame>> frames = new HashMap<>();
  private final List<String> broken = new ArrayList<>();

  /** One frame on one link. */
  private record Frame(
      Stream stream,
      int tree,
      int number,
      Optional<String> fedBy,
      int queue,
      long start,
      long earliest,
      long latest,
      long reserved,
      long wire) {}

  private Rules(Network network, List<Stream> asked, Plan plan) {
    this.network = network;
    this.plan = plan;
    asked.forEach(stream -> streams.put(stream.name(), stream));
  }

  /** What is wrong; empty if nothing is. */
  static List<String> brokenBy(Network network, List<Stream> asked, Plan plan) {
    Rules rules = new Rules(network, asked, plan);
    plan.streams().values().forEach(rules::walk);
    rules.frames.forEach(rules::compare);
    rules.frames.forEach(rules::lookAtGates);
    return rules.broken;
  }

  private void walk(StreamPlan one) {
    Stream stream = Objects.requireNonNull(streams.get(one.stream()));
    require(one.trees().size() == stream.seamlessTrees(), one.stream() + " lacks a tree");
    for (int tree = 0; tree < one.trees().size(); tree++) {
      walk(stream, tree, one.trees().get(tree));
    }
  }

  private void walk(Stream stream, int number, Tree tree) {
    Map<String, Hop> into = new HashMap<>();
    for (Hop hop : tree.hops()) {
      Link link = network.link(hop.link()).orElseThrow();
      long error = network.sender(link).clockError();
      boolean first = link.from().equals(stream.talker());
      require(first || into.containsKey(link.from()), stream.name() + " appears on " + hop.link());
      require(link.port().isTimeTriggered(hop.queue()), stream.name() + " in queue " + hop.queue());
      Hop feeder = into.get(link.from());
      for (int i = 0; i < hop.starts().size(); i++) {
        long start = hop.starts().get(i);
        long earliest = start;
        long latest = start;
        if (feeder != null && !first) {
          Link before = network.link(feeder.link()).orElseThrow();
          long errors = error + network.sender(before).clockError();
          long arrival = feeder.starts().get(i) + before.forwardingDelay(stream.frameBytes(), link);
          earliest = arrival - errors;
          latest = arrival + errors;
          require(start >= latest, stream.name() + " starts too soon on " + hop.link());
        } else {
          require(
              start >= stream.earliestOffset()
                  && (stream.latestOffset() == null
                      ? hop.start() < stream.interval()
                      : start <= stream.latestOffset()),
              stream.name() + " has offset " + start);
          require(start % network.sender(link).device().tick() == 0, "a launch between ticks");
        }
        long wire = link.wireTime(stream.frameBytes());
        frames
            .computeIfAbsent(hop.link(), name -> new ArrayList<>())
            .add(
                new Frame(
                    stream,
                    number,
                    i,
                    Optional.ofNullable(feeder).map(Hop::link),
                    hop.queue(),
                    start,
                    earliest,
                    latest,
                    wire + 2 * error,
                    wire));
      }
      into.put(link.to(), hop);
    }
    for (String listener : stream.listeners()) {
      Hop last = into.get(listener);
      require(last != null, stream.name() + " does not reach " + listener);
      if (last != null) {
        inTime(stream, tree, last);
      }
    }
  }

  private void inTime(Stream stream, Tree tree, Hop last) {
    Link link = network.link(last.link()).orElseThrow();
    Link root = network.link(tree.hops().getFirst().link()).orElseThrow();
    long errors = network.sender(link).clockError() + network.sender(root).clockError();
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < last.starts().size(); i++) {
      long latency =
          last.starts().get(i)
              + link.receptionTime(stream.frameBytes())
              - tree.hops().getFirst().starts().get(i);
      least = Math.min(least, latency);
      most = Math.max(most, latency);
    }
    Long bound = stream.maxLatency();
    require(bound == null || most + errors <= bound, stream.name() + " takes " + most);
    Long jitter = stream.maxJitter();
    require(jitter == null || most - least + 2 * errors <= jitter, stream.name() + " jitters");
  }

  private void compare(String link, List<Frame> all) {
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        compare(link, all.get(i), all.get(j));
      }
    }
  }

  private void compare(String link, Frame one, Frame other) {
    long divisor = gcd(one.stream.interval(), other.stream.interval());
    long after = Math.floorMod(one.start - other.start, divisor);
    String both = one.stream.name() + " and " + other.stream.name() + " on " + link;
    require(
        after >= other.reserved && divisor - after >= one.reserved || one.equals(other),
        "overlap of " + both);
    boolean sameStream = one.stream.equals(other.stream) && one.tree == other.tree;
    if (one.queue != other.queue || sameStream) {
      return;
    }
    // Shifted by k divisors, one frame is either before the other or after it, in both respects.
    long span = 3 * (one.stream.interval() + other.stream.interval());
    long from = Math.floorDiv(other.start - one.start - span, divisor);
    for (long k = from; k * divisor < other.start - one.start + span; k++) {
      long shift = k * divisor;
      boolean leavesFirst = one.start + shift < other.start;
      boolean exact = one.earliest == one.latest && other.earliest == other.latest;
      boolean ordered =
          leavesFirst
              ? one.latest + shift < other.earliest + (exact ? 1 : 0)
              : other.latest < one.earliest + shift + (exact ? 1 : 0);
      boolean sameWay = one.fedBy.isPresent() && one.fedBy.equals(other.fedBy);
      require(ordered || sameWay, "order of " + both);
    }
  }

  private void lookAtGates(String link, List<Frame> all) {
    GateList list = plan.gates().get(link);
    Link model = network.link(link).orElseThrow();
    require(list != null, "no gates for " + link);
    if (list == null) {
      return;
    }
    require(list.entries().size() <= network.sender(model).device().listLength(), "list too long");
    int others = (1 << model.port().lowestTimeTriggered()) - 1;
    for (Frame frame : all) {
      for (long time = frame.start % frame.stream.interval();
          time < list.cycle();
          time += frame.stream.interval()) {
        int always = open(list, time, time + frame.wire, true);
        require((always >> frame.queue & 1) == 1, frame.stream.name() + " meets a shut gate");
        int ever = open(list, time - model.port().guardBand(), time + frame.wire, false);
        require((ever & others) == 0, "others pass beside " + frame.stream.name());
        require(!leavesEarly(list, all, frame, time), frame + " may leave early " + link + time);
      }
    }
  }

  /** Whether, at some moment of its wait, the link is idle and the gate open for long enough. */
  private static boolean leavesEarly(GateList list, List<Frame> all, Frame frame, long time) {
    long wait = frame.start - frame.earliest;
    for (long early = 1; early <= wait; early += Math.max(1, wait / 20)) {
      long begin = time - early;
      boolean open = (open(list, begin, begin + frame.wire, true) >> frame.queue & 1) == 1;
      if (open
          && all.stream()
              .noneMatch(
                  other ->
                      Math.floorMod(begin - other.start, other.stream.interval()) < other.wire)) {
        return true;
      }
    }
    return false;
  }

  /** Gates that are open all the time from {@code begin} to {@code end}, or at some time of it. */
  private static int open(GateList list, long begin, long end, boolean all) {
    int result = all ? 0xff : 0;
    long at = 0;
    for (long turn = -1; turn <= 2; turn++) {
      at = turn * list.cycle();
      for (GateEntry entry : list.entries()) {
        long next = at + entry.interval();
        if (at < end && next > begin) {
          result = all ? result & entry.gates() : result | entry.gates();
        }
        at = next;
      }
    }
    return result;
  }

  private void require(boolean right, String what) {
    if (!right) {
      broken.add(what);
    }
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
