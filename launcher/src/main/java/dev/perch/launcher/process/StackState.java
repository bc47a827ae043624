package dev.perch.launcher.process;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs, as a launcher wrote it down for other processes and for its successor.
 *
 * @param launcher the launcher that watches the parts, dead or alive
 * @param parts in the order they were started
 */
public record StackState(
    ProcessId launcher, Instant startedAt, Phase phase, List<PartState> parts) {

  public StackState {
    parts = List.copyOf(parts);
  }

  /** Where a launcher is in its life. */
  public enum Phase {
    STARTING,
    READY,
    STOPPING
  }

  /** Where a part is in its life, see {@link Child}. */
  public enum Condition {
    WAITING,
    STARTING,
    READY,
    BACKING_OFF,
    STOPPED
  }

  /**
   * @param process absent before the first start and while backing off
   * @param fingerprint of the part that was started
   * @param restarts how often it died and was started again
   * @param aotCache the cache its JVM was told to use; whether it did, {@link AotUse} tells
   */
  public record PartState(
      String name,
      Part.Kind kind,
      Condition condition,
      @Nullable ProcessId process,
      String fingerprint,
      String address,
      Probe ready,
      Part.Stop stop,
      int restarts,
      Path log,
      @Nullable Path aotCache) {

    /** The process, if it is the one that was started and still runs. */
    public Optional<ProcessId> alive() {
      return Optional.ofNullable(process).filter(ProcessId::isAlive);
    }
  }

  /** The state of one part. */
  public Optional<PartState> part(String name) {
    return parts.stream().filter(part -> part.name().equals(name)).findFirst();
  }
}
