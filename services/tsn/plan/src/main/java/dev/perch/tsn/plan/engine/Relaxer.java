package dev.perch.tsn.plan.engine;

import dev.perch.tsn.plan.model.Relaxation;
import dev.perch.tsn.plan.model.Relaxation.Property;
import dev.perch.tsn.plan.model.Stream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** Looks for the smallest changes that make a refused stream acceptable, by trying them. */
public final class Relaxer {
  private static final int SHORTEST_FRAME = 64;
  private static final int[] LONGER = {2, 3, 4, 5, 8, 10, 16, 20};

  private final Engine engine;
  private final Effort tries;
  private final long deadline;

  /**
   * @param tries how many places may be tried; what is tried is counted off
   * @param deadline {@link System#nanoTime} at which it stops looking
   */
  public Relaxer(Engine engine, Effort tries, long deadline) {
    this.engine = engine;
    this.tries = tries;
    this.deadline = deadline;
  }

  /** One relaxation of each property that helps alone, the relatively smallest change first. */
  public List<Relaxation> relax(Stream stream) {
    List<Relaxation> found = new ArrayList<>();
    smallerFrame(stream).ifPresent(found::add);
    longerInterval(stream).ifPresent(found::add);
    laterArrival(stream).ifPresent(found::add);
    laterStart(stream).ifPresent(found::add);
    found.sort(Comparator.comparingDouble(Relaxer::change));
    return found;
  }

  private static double change(Relaxation one) {
    return Math.abs(Math.log((double) Math.max(1, one.accepted()) / Math.max(1, one.asked())));
  }

  private boolean mayTry() {
    return System.nanoTime() - deadline < 0 && tries.spend();
  }

  private boolean fits(Stream stream) {
    if (!mayTry()) {
      return false;
    }
    Demand demand = engine.demand(stream);
    boolean fits = engine.place(demand) == null;
    if (fits) {
      engine.remove(demand);
    }
    engine.forget(demand);
    return fits;
  }

  /**
   * The largest frame that bisection finds; what fits need not be monotonous, what it finds does.
   */
  private Optional<Relaxation> smallerFrame(Stream stream) {
    if (stream.frameBytes() <= SHORTEST_FRAME) {
      return Optional.empty();
    }
    LongFunction<Stream> with = bytes -> stream.but().frameBytes((int) bytes).build();
    if (!fits(with.apply(SHORTEST_FRAME))) {
      return Optional.empty();
    }
    int good = SHORTEST_FRAME;
    int bad = stream.frameBytes();
    while (bad - good > 1) {
      int middle = (good + bad) >>> 1;
      if (fits(with.apply(middle))) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    return Optional.of(new Relaxation(Property.FRAME_BYTES, stream.frameBytes(), good));
  }

  private Optional<Relaxation> longerInterval(Stream stream) {
    for (long interval : longer(stream.interval())) {
      if (interval <= Stream.LONGEST_INTERVAL && fits(stream.but().interval(interval).build())) {
        return Optional.of(new Relaxation(Property.INTERVAL, stream.interval(), interval));
      }
    }
    return Optional.empty();
  }

  /** Multiples, and what other streams have already: those suit each other best. */
  private SortedSet<Long> longer(long asked) {
    SortedSet<Long> intervals = new TreeSet<>();
    for (int times : LONGER) {
      intervals.add(asked * times);
    }
    Periods known = engine.occupancy().periods;
    for (int i = 0; i < known.count(); i++) {
      if (known.period(i) > asked) {
        intervals.add((long) known.period(i));
      }
    }
    return intervals;
  }

  private Optional<Relaxation> laterArrival(Stream stream) {
    Long bound = stream.maxLatency();
    if (bound == null || !mayTry()) {
      return Optional.empty();
    }
    OptionalLong latency = measure(stream.but().maxLatency(null).build(), Relaxer::latency);
    return latency.isEmpty() || latency.getAsLong() <= bound
        ? Optional.empty()
        : Optional.of(new Relaxation(Property.MAX_LATENCY, bound, latency.getAsLong()));
  }

  private Optional<Relaxation> laterStart(Stream stream) {
    Long latest = stream.latestOffset();
    if (latest == null || !mayTry()) {
      return Optional.empty();
    }
    OptionalLong start = measure(stream.but().latestOffset(null).build(), Relaxer::lastStart);
    return start.isEmpty() || start.getAsLong() <= latest || start.getAsLong() >= stream.interval()
        ? Optional.empty()
        : Optional.of(new Relaxation(Property.LATEST_OFFSET, latest, start.getAsLong()));
  }

  private OptionalLong measure(Stream stream, ToLongFunction<Measured> property) {
    Demand demand = engine.demand(stream);
    OptionalLong result = OptionalLong.empty();
    if (engine.place(demand) == null) {
      List<Placement> trees = engine.placements().of(demand.id).trees();
      result =
          trees.stream()
              .mapToLong(tree -> property.applyAsLong(new Measured(tree, engine.topology())))
              .max();
      engine.remove(demand);
    }
    engine.forget(demand);
    return result;
  }

  private record Measured(Placement placement, Topology topology) {}

  /** From the first start to the last reception, with the waits that the placement has. */
  private static long latency(Measured one) {
    Layout layout = one.placement.layout;
    long waited = 0;
    for (int hop = 0; hop < layout.hops(); hop++) {
      waited =
          Math.max(waited, one.placement.starts[hop] - one.placement.offset() - layout.shifts[hop]);
    }
    return layout.latency + waited;
  }

  private static long lastStart(Measured one) {
    Layout layout = one.placement.layout;
    return one.placement.offset() + (long) (layout.demand.frames - 1) * layout.spacings[0];
  }
}
