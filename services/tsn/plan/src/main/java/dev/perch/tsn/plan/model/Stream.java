package dev.perch.tsn.plan.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time-triggered stream as its talker and listeners ask for it (IEEE 802.1Qcc 46.2.3).
 *
 * @param name unique among the streams
 * @param talker the end station that sends
 * @param listeners the end stations that receive; several make it a multicast stream
 * @param interval ns; the stream repeats itself exactly every interval
 * @param framesPerInterval frames of one interval, sent as a burst as dense as the slowest link so
 *     far allows
 * @param frameBytes the largest frame, MAC header to FCS; the planner adds preamble and gap
 * @param maxLatency ns from the start of a frame's transmission to its reception, at each listener;
 *     null without a bound
 * @param maxJitter how much the latencies of two frames may differ, ns; null without a bound
 * @param earliestOffset first moment of the interval at which the talker can start a frame, ns
 * @param latestOffset last moment of the interval at which the talker can start a frame, ns; null
 *     for any time at which the first frame of the burst starts within the interval
 * @param seamlessTrees how many copies travel on trees that share no link, except the only link of
 *     an end station (802.1CB; 46.2.3.6.1)
 * @param movable whether a later re-plan may change its offsets and routes
 * @param routes links of each seamless tree where they are given; empty if the planner chooses
 */
public record Stream(
    String name,
    String talker,
    List<String> listeners,
    long interval,
    int framesPerInterval,
    int frameBytes,
    @Nullable Long maxLatency,
    @Nullable Long maxJitter,
    long earliestOffset,
    @Nullable Long latestOffset,
    int seamlessTrees,
    boolean movable,
    List<List<String>> routes) {
  /** No device has a longer gate cycle. */
  public static final long LONGEST_INTERVAL = 1_000_000_000;

  public Stream {
    listeners = List.copyOf(listeners);
    routes = routes.stream().map(List::copyOf).toList();
    var violations =
        new Violations("stream " + name)
            .notBlank("name", name)
            .require(!listeners.isEmpty(), "listeners", "empty", "name at least one")
            .distinct("listeners", listeners)
            .require(!listeners.contains(talker), "listeners", talker, "must not be the talker")
            .require(
                interval >= 1 && interval <= LONGEST_INTERVAL,
                "interval",
                interval,
                "must be 1 ns to 1 s")
            .atLeast(1, "framesPerInterval", framesPerInterval)
            .require(
                frameBytes >= 1 && frameBytes <= 65_535,
                "frameBytes",
                frameBytes,
                "must be 1 to 65,535")
            .require(
                earliestOffset >= 0 && earliestOffset < interval,
                "earliestOffset",
                earliestOffset,
                "must lie within the interval, 0 to " + (interval - 1))
            .require(
                seamlessTrees >= 1 && seamlessTrees <= 8,
                "seamlessTrees",
                seamlessTrees,
                "must be 1 to 8")
            .require(
                routes.isEmpty() || routes.size() == seamlessTrees,
                "routes",
                routes.size(),
                "must be none, or one for each seamless tree");
    if (maxLatency != null) {
      violations.atLeast(1, "maxLatency", maxLatency);
    }
    if (maxJitter != null) {
      violations.atLeast(0, "maxJitter", maxJitter);
    }
    if (latestOffset != null) {
      violations.require(
          latestOffset >= earliestOffset && latestOffset < interval,
          "latestOffset",
          latestOffset,
          "must lie between the earliest offset and " + (interval - 1));
    }
    for (List<String> route : routes) {
      violations.require(!route.isEmpty(), "routes", "empty", "name its links");
    }
    violations.raise();
  }

  /** A movable stream with one frame an interval and nothing else asked for. */
  public static Stream of(
      String name, String talker, List<String> listeners, long interval, int frameBytes) {
    return new Stream(
        name, talker, listeners, interval, 1, frameBytes, null, null, 0, null, 1, true, List.of());
  }

  /** Starts from this stream; {@link Builder#build} makes another one. */
  public Builder but() {
    return new Builder(this);
  }

  /** Changes single properties of a stream. */
  public static final class Builder {
    private String name;
    private long interval;
    private int framesPerInterval;
    private int frameBytes;
    private @Nullable Long maxLatency;
    private @Nullable Long maxJitter;
    private long earliestOffset;
    private @Nullable Long latestOffset;
    private int seamlessTrees;
    private boolean movable;
    private List<List<String>> routes;
    private final String talker;
    private final List<String> listeners;

    private Builder(Stream stream) {
      name = stream.name;
      talker = stream.talker;
      listeners = stream.listeners;
      interval = stream.interval;
      framesPerInterval = stream.framesPerInterval;
      frameBytes = stream.frameBytes;
      maxLatency = stream.maxLatency;
      maxJitter = stream.maxJitter;
      earliestOffset = stream.earliestOffset;
      latestOffset = stream.latestOffset;
      seamlessTrees = stream.seamlessTrees;
      movable = stream.movable;
      routes = stream.routes;
    }

    public Builder name(String name) {
      this.name = name;
      return this;
    }

    public Builder interval(long interval) {
      this.interval = interval;
      return this;
    }

    public Builder framesPerInterval(int framesPerInterval) {
      this.framesPerInterval = framesPerInterval;
      return this;
    }

    public Builder frameBytes(int frameBytes) {
      this.frameBytes = frameBytes;
      return this;
    }

    public Builder maxLatency(@Nullable Long maxLatency) {
      this.maxLatency = maxLatency;
      return this;
    }

    public Builder maxJitter(@Nullable Long maxJitter) {
      this.maxJitter = maxJitter;
      return this;
    }

    public Builder earliestOffset(long earliestOffset) {
      this.earliestOffset = earliestOffset;
      return this;
    }

    public Builder latestOffset(@Nullable Long latestOffset) {
      this.latestOffset = latestOffset;
      return this;
    }

    public Builder seamlessTrees(int seamlessTrees) {
      this.seamlessTrees = seamlessTrees;
      return this;
    }

    public Builder movable(boolean movable) {
      this.movable = movable;
      return this;
    }

    public Builder routes(List<List<String>> routes) {
      this.routes = routes;
      return this;
    }

    /**
     * @throws InvalidModelException with everything that is wrong
     */
    public Stream build() {
      return new Stream(
          name,
          talker,
          listeners,
          interval,
          framesPerInterval,
          frameBytes,
          maxLatency,
          maxJitter,
          earliestOffset,
          latestOffset,
          seamlessTrees,
          movable,
          routes);
    }
  }
}
