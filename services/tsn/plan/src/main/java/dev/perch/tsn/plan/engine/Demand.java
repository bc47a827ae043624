package dev.perch.tsn.plan.engine;

import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Stream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream with numbers for names. */
public final class Demand {
  private static final int UNBOUNDED = Integer.MAX_VALUE;

  final int id;
  final Stream stream;
  final int talker;
  final int[] listeners;
  final int period;
  final int periodNumber;
  final int frames;
  final int frameBytes;
  final int maxLatency;
  final int maxJitter;
  final int earliest;
  final int latest;

  /**
   * @param id small, and no other demand's of the same engine
   */
  Demand(int id, Stream stream, Topology topology, Periods periods) {
    this.id = id;
    this.stream = stream;
    talker = topology.node(stream.talker());
    listeners = stream.listeners().stream().mapToInt(topology::node).toArray();
    period = (int) stream.interval();
    periodNumber = periods.number(period);
    frames = stream.framesPerInterval();
    frameBytes = stream.frameBytes();
    maxLatency = bounded(stream.maxLatency());
    maxJitter = bounded(stream.maxJitter());
    earliest = (int) stream.earliestOffset();
    Long last = stream.latestOffset();
    latest = last == null ? period - 1 : last.intValue();
  }

  private static int bounded(@Nullable Long bound) {
    return bound == null ? UNBOUNDED : (int) Math.min(bound, UNBOUNDED);
  }

  public int id() {
    return id;
  }

  public Stream stream() {
    return stream;
  }

  /** How much of a link one tree of the stream takes, 0 to 1 and beyond. */
  double share(Link link) {
    return (double) link.wireTime(frameBytes) * frames / period;
  }

  /** Links of a tree where the stream prescribes them, otherwise empty. */
  List<String> prescribed(int tree) {
    return stream.routes().isEmpty() ? List.of() : stream.routes().get(tree);
  }

  int trees() {
    return stream.seamlessTrees();
  }

  /** Whether it may be moved for others. */
  public boolean movable() {
    return stream.movable();
  }
}
