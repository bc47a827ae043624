package dev.perch.agent.files;

import dev.perch.agent.state.StateFolder;
import dev.perch.kit.served.Leaf;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Asks servers for their certificates, and knows when it is too early to complain. */
final class Serving {
  /** The part of the patience that is waited on the spot; then others have their turn. */
  private static final int MOMENTS = 10;

  private static final Duration BETWEEN = Duration.ofMillis(50);

  private final StateFolder folder;
  private final InstantSource clock;
  private final Duration patience;

  /** Until when, as System.nanoTime, a reload may still be under way, by aspect. */
  private final Map<String, Long> early = new HashMap<>();

  /** The aspects whose servers showed the right certificate when they were asked last. */
  private final Set<String> good = new HashSet<>();

  /**
   * What was shown last.
   *
   * @param at when that was seen first
   */
  private record Sighting(String sha256, Instant at) {}

  /**
   * @param folder keeps since when a certificate is shown, over restarts
   * @param patience how long after a set was put in place another certificate may be shown
   */
  Serving(StateFolder folder, InstantSource clock, Duration patience) {
    this.folder = folder;
    this.clock = clock;
    this.patience = patience;
  }

  /** A set was put in place, and its reload went well. */
  void replaced(String aspect) {
    early.put(aspect, System.nanoTime() + patience.toNanos());
  }

  /** Whether what is put in place may still be on its way. */
  boolean isEarly(String aspect) {
    Long until = early.get(aspect);
    return until != null && until - System.nanoTime() > 0;
  }

  /**
   * Asks the server, and for a moment again if it was just reloaded, or was all right until now.
   *
   * @throws IOException if the thread is interrupted
   */
  Look look(String aspect, Wanted.Probe probe, boolean reloaded) throws IOException {
    long moment = reloaded || good.contains(aspect) ? patience.toNanos() / MOMENTS : 0;
    long deadline = System.nanoTime() + moment;
    Look look = ask(aspect, probe);
    while (!isWanted(look) && deadline - System.nanoTime() > 0) {
      LockSupport.parkNanos(BETWEEN.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("interrupted");
      }
      look = ask(aspect, probe);
    }
    if (isWanted(look)) {
      good.add(aspect);
      early.remove(aspect);
    } else {
      good.remove(aspect);
    }
    return look;
  }

  static boolean isWanted(Look look) {
    return look instanceof Look.Shown shown && shown.wanted();
  }

  void forget(String aspect) {
    early.remove(aspect);
    good.remove(aspect);
    folder.delete(aspect);
  }

  private Look ask(String aspect, Wanted.Probe probe) {
    String server = probe.endpoint().toString();
    try {
      Leaf leaf = probe.endpoint().look();
      return new Look.Shown(
          server,
          leaf.sha256(),
          leaf.notAfter(),
          since(aspect, leaf),
          leaf.sha256().equals(probe.sha256()));
    } catch (IOException e) {
      String message = e.getMessage();
      return new Look.Hidden(server, message == null ? e.getClass().getSimpleName() : message);
    }
  }

  private Instant since(String aspect, Leaf leaf) {
    Optional<Sighting> last = folder.read(aspect, Sighting.class);
    if (last.isPresent() && last.get().sha256().equals(leaf.sha256())) {
      return last.get().at();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    folder.write(aspect, new Sighting(leaf.sha256(), now));
    return now;
  }
}
