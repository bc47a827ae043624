package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one stream for itself: the shape of its trees, offsets, order along the path, latency,
 * jitter, queues; and writes down which ports it takes when.
 */
final class StreamSweep {
  private final Links links;
  private final Consumer<Flaw> flaws;

  StreamSweep(Links links, Consumer<Flaw> flaws) {
    this.links = links;
    this.flaws = flaws;
  }

  /** Where rows go: the port's number and its table. */
  interface Ports {
    PortRows rows(int port);
  }

  void look(int number, Stream stream, StreamPlan plan, Ports ports) {
    if (plan.trees().size() != stream.seamlessTrees()) {
      broken(
          stream,
          null,
          plan.trees().size() + " trees, " + stream.seamlessTrees() + " seamless trees asked for");
    }
    Map<String, Hop> earlier = new HashMap<>();
    for (Tree tree : plan.trees()) {
      new TreeSweep(number, stream, earlier, ports).look(tree.hops());
      tree.hops().forEach(hop -> earlier.putIfAbsent(hop.link(), hop));
    }
  }

  private void broken(Stream stream, @Nullable String link, String problem) {
    flaws.accept(new Flaw.BrokenTree(stream.name(), link, problem));
  }

  /** One tree. */
  private final class TreeSweep {
    private final int number;
    private final Stream stream;
    private final Map<String, Hop> earlier;
    private final Ports ports;
    private final Map<String, Reached> reached = new HashMap<>();
    private final Set<String> left = new HashSet<>();

    TreeSweep(int number, Stream stream, Map<String, Hop> earlier, Ports ports) {
      this.number = number;
      this.stream = stream;
      this.earlier = earlier;
      this.ports = ports;
    }

    /**
     * How a node is reached.
     *
     * @param root the talker's hop of this path
     */
    private record Reached(int port, Link link, Hop hop, Hop root, int rootPort) {}

    void look(List<Hop> hops) {
      for (Hop hop : hops) {
        int port = links.number(hop.link());
        if (port < 0) {
          broken(stream, hop.link(), "the network has no link " + hop.link());
        } else if (hop.starts().size() != stream.framesPerInterval()) {
          flaws.accept(
              new Flaw.FrameCount(
                  stream.name(), hop.link(), stream.framesPerInterval(), hop.starts().size()));
        } else {
          look(port, hop);
        }
      }
      for (String listener : stream.listeners()) {
        Reached end = reached.get(listener);
        if (end == null) {
          broken(stream, null, "listener " + listener + " is not reached");
        } else {
          lookAtLatency(end);
        }
      }
      reached.forEach(
          (node, end) -> {
            if (!left.contains(node) && !stream.listeners().contains(node)) {
              broken(stream, end.link.name(), "the frame is sent to " + node + " for nobody");
            }
          });
    }

    private void look(int port, Hop hop) {
      Link link = links.link(port);
      boolean first = link.from().equals(stream.talker());
      Reached before = reached.get(link.from());
      if (!first && before == null) {
        broken(
            stream,
            link.name(),
            "the frame is not at " + link.from() + " when " + link.name() + " sends it");
        return;
      }
      if (!first && links.isEndStation(link.from())) {
        broken(stream, link.name(), "end station " + link.from() + " forwards nothing");
        return;
      }
      left.add(link.from());
      Reached now =
          first || before == null
              ? new Reached(port, link, hop, hop, port)
              : new Reached(port, link, hop, before.root, before.rootPort);
      if (link.to().equals(stream.talker()) || reached.putIfAbsent(link.to(), now) != null) {
        broken(stream, link.name(), link.to() + " is reached twice");
      }
      if (!link.port().isTimeTriggered(hop.queue())) {
        flaws.accept(new Flaw.WrongQueue(stream.name(), link.name(), hop.queue()));
      }
      if (first) {
        lookAtOffsets(port, link, hop);
      }
      Hop twin = earlier.get(link.name());
      if (twin != null && !links.isOnlyLink(link)) {
        flaws.accept(new Flaw.SharedLink(stream.name(), link.name()));
      }
      // What trees share at the talker may be one and the same frame, copied by the first bridge.
      if (!first || !hop.equals(twin)) {
        reserve(port, link, hop, first ? null : before);
      }
    }

    private void lookAtOffsets(int port, Link link, Hop hop) {
      long latest = stream.latestOffset() != null ? stream.latestOffset() : stream.interval() - 1;
      // Without a bound of its own only the first frame has to start within the interval.
      long last = stream.latestOffset() != null ? hop.starts().getLast() : hop.start();
      if (hop.start() < stream.earliestOffset() || last > latest) {
        flaws.accept(
            new Flaw.OutsideOffsets(
                stream.name(),
                link.name(),
                hop.start() < stream.earliestOffset() ? hop.start() : last,
                stream.earliestOffset(),
                latest));
      }
      for (long start : hop.starts()) {
        if (start % links.tick(port) != 0) {
          flaws.accept(new Flaw.OffTick(stream.name(), link.name(), start, links.tick(port)));
        }
      }
    }

    private void reserve(int port, Link link, Hop hop, @Nullable Reached before) {
      long busy = link.wireTime(stream.frameBytes()) + 2 * links.error(port);
      for (int frame = 0; frame < hop.starts().size(); frame++) {
        long start = hop.starts().get(frame);
        if (before == null) {
          ports
              .rows(port)
              .add(number, PortRows.TALKER, hop.queue(), start, busy, stream.interval(), 0, 0, 0);
          continue;
        }
        long sent = before.hop.starts().get(frame);
        long there = sent + before.link.forwardingDelay(stream.frameBytes(), link);
        long error = links.error(before.port) + links.error(port);
        if (start < there + error) {
          flaws.accept(new Flaw.TooEarly(stream.name(), link.name(), start, there + error));
        }
        ports
            .rows(port)
            .add(
                number,
                before.port,
                hop.queue(),
                start,
                busy,
                stream.interval(),
                start - there,
                start - sent,
                error);
      }
    }

    private void lookAtLatency(Reached end) {
      long error = links.error(end.rootPort) + links.error(end.port);
      long least = Long.MAX_VALUE;
      long most = Long.MIN_VALUE;
      for (int frame = 0; frame < stream.framesPerInterval(); frame++) {
        long latency =
            end.hop.starts().get(frame)
                + end.link.receptionTime(stream.frameBytes())
                - end.root.starts().get(frame);
        least = Math.min(least, latency);
        most = Math.max(most, latency);
        if (stream.maxLatency() != null && latency + error > stream.maxLatency()) {
          flaws.accept(
              new Flaw.TooLate(
                  stream.name(),
                  end.link.name(),
                  end.root.starts().get(frame),
                  latency + error,
                  stream.maxLatency()));
        }
      }
      long jitter = most - least + 2 * error;
      if (stream.maxJitter() != null && jitter > stream.maxJitter()) {
        flaws.accept(
            new Flaw.TooMuchJitter(stream.name(), end.link.name(), jitter, stream.maxJitter()));
      }
    }
  }
}
