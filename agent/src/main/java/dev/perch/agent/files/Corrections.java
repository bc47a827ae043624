package dev.perch.agent.files;

import dev.perch.agent.state.StateFolder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How often what an aspect's document says was put right after it had been applied. Who has to do
 * it more than three times within an hour has a rival, or a command that does nothing: it is
 * contested, and left alone until the document has another generation.
 */
final class Corrections {
  static final int MOST = 3;
  private static final Duration WINDOW = Duration.ofHours(1);

  private final StateFolder folder;
  private final InstantSource clock;

  /**
   * @param generation that was applied
   * @param at when it was put right since
   */
  private record Past(long generation, List<Instant> at, boolean contested) {
    Past {
      at = List.copyOf(at);
    }
  }

  Corrections(StateFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** A generation has come into force. */
  void applied(String aspect, long generation) {
    if (find(aspect, generation).isEmpty()) {
      folder.write(aspect, new Past(generation, List.of(), false));
    }
  }

  boolean isContested(String aspect, long generation) {
    return find(aspect, generation).map(Past::contested).orElse(false);
  }

  /**
   * Asked before something is put right, and written down at once: who is killed while doing it has
   * done it. What was not applied yet is no correction, and may always be done.
   */
  boolean allow(String aspect, long generation) {
    Optional<Past> found = find(aspect, generation);
    if (found.isEmpty()) {
      return true;
    }
    Instant now = clock.instant();
    List<Instant> recent = new ArrayList<>(found.get().at());
    // After the clock was set back, what lies ahead says nothing.
    recent.removeIf(at -> at.isAfter(now) || !at.isAfter(now.minus(WINDOW)));
    boolean contested = found.get().contested() || recent.size() >= MOST;
    if (!contested) {
      recent.add(now);
    }
    folder.write(aspect, new Past(generation, recent, contested));
    return !contested;
  }

  void forget(String aspect) {
    folder.delete(aspect);
  }

  private Optional<Past> find(String aspect, long generation) {
    return folder.read(aspect, Past.class).filter(past -> past.generation() == generation);
  }
}
