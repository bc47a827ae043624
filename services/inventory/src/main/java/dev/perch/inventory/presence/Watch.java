package dev.perch.inventory.presence;

import dev.perch.inventory.presence.Watched.Found;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * Finds hosts that fell silent. A timer wheel: a host lies in the slot of the moment at which it
 * would be late, had it not been heard since; a beat is one write to memory, and a host is looked
 * at about every third beat. Runs no framework; one thread calls {@link #turn}.
 *
 * <p>Time in which that thread itself was held up, or whoever hears beats, does not count, and they
 * get as much again to catch up; but not for ever, however often that happens.
 */
final class Watch {
  private static final int SLOTS = 1024;
  static final long TICK_NANOS = 10_000_000;

  /** A gap between two turns that is no longer the scheduler's usual lateness. */
  private static final long STALL_NANOS = Attention.LATE_NANOS;

  /** Who is told. */
  interface Findings {
    void degraded(Watched host, long silentNanos);

    void offline(Watched host, long silentNanos);

    void recovered(Watched host);
  }

  private final List<List<Watched>> wheel = new ArrayList<>(SLOTS);
  private final Queue<Watched> arrivals = new ConcurrentLinkedQueue<>();
  private final Queue<Watched> returns = new ConcurrentLinkedQueue<>();
  private final int degradedAfter;
  private final int offlineAfter;
  private final long pardonNanos;
  private final LongSupplier clock;
  private final Attention attention;
  private final Findings findings;
  private long tick;
  private long lastTurn;

  /** How much time did not count, in all; written by the watch' own thread. */
  private volatile long lost;

  /**
   * @param pardon how much longer a host may be silent at most because this replica was held up
   * @param clock in nanoseconds, as System.nanoTime
   * @param attention of the same clock
   */
  Watch(
      int degradedAfter,
      int offlineAfter,
      Duration pardon,
      LongSupplier clock,
      Attention attention,
      Findings findings) {
    this.degradedAfter = degradedAfter;
    this.offlineAfter = offlineAfter;
    this.pardonNanos = pardon.toNanos();
    this.clock = clock;
    this.attention = attention;
    this.findings = findings;
    for (int i = 0; i < SLOTS; i++) {
      wheel.add(new ArrayList<>());
    }
    lastTurn = clock.getAsLong();
    tick = lastTurn / TICK_NANOS;
  }

  void add(Watched host) {
    host.heard(clock.getAsLong(), lost);
    arrivals.add(host);
  }

  /** A sign of life, on any thread. */
  void heard(Watched host) {
    host.heard(clock.getAsLong(), lost);
    if (host.found() == Found.DEGRADED) {
      returns.add(host);
    }
  }

  /** Looks at all hosts that are due. To be called every {@link #TICK_NANOS}. */
  void turn() {
    long now = clock.getAsLong();
    count(now - lastTurn);
    lastTurn = now;
    for (Watched host = arrivals.poll(); host != null; host = arrivals.poll()) {
      place(host, now);
    }
    for (Watched host = returns.poll(); host != null; host = returns.poll()) {
      recover(host);
    }
    long until = now / TICK_NANOS;
    // After a stall of more than a turn of the wheel every slot is due once, not several times.
    tick = Math.max(tick, until - SLOTS);
    for (; tick < until; tick++) {
      List<Watched> due = wheel.set((int) (tick % SLOTS), new ArrayList<>());
      due.forEach(host -> look(host, now));
    }
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
  private void count(long passed) {
    boolean heldUp = passed > STALL_NANOS;
    if (heldUp) {
      attention.wasHeldUp();
    }
    if (heldUp || attention.isLate()) {
      lost += 2 * passed;
    }
  }

  private void recover(Watched host) {
    if (host.found() == Found.DEGRADED && !host.isEnded()) {
      host.found(Found.PRESENT);
      findings.recovered(host);
    }
  }

  private void look(Watched host, long now) {
    if (host.isEnded() || host.found() == Found.OFFLINE) {
      return;
    }
    long silent = now - heardAt(host);
    if (silent >= offlineAfter * host.beatNanos()) {
      host.found(Found.OFFLINE);
      findings.offline(host, now - host.heardAt());
      return;
    }
    if (host.found() == Found.PRESENT && silent >= degradedAfter * host.beatNanos()) {
      host.found(Found.DEGRADED);
      findings.degraded(host, now - host.heardAt());
      if (now - host.heardAt() < degradedAfter * host.beatNanos()) {
        // It was heard just now, by a thread that still found it present.
        returns.add(host);
      }
    }
    place(host, now);
  }

  private void place(Watched host, long now) {
    int beats = host.found() == Found.PRESENT ? degradedAfter : offlineAfter;
    long at = heardAt(host) + beats * host.beatNanos();
    // A slot is emptied when its tick has passed, so one tick later is never too early.
    long slot = Math.max(at, now) / TICK_NANOS + 1;
    // Longer than the wheel: it is looked at in between, and found not to be due.
    slot = Math.min(slot, now / TICK_NANOS + SLOTS - 1);
    wheel.get((int) (slot % SLOTS)).add(host);
  }

  /** When it was heard, were it not for the time that was lost since. */
  private long heardAt(Watched host) {
    // In this order: a host that is heard meanwhile gets too much, never too little.
    long lostSince = lost - host.lostAt();
    return host.heardAt() + Math.min(lostSince, pardonNanos);
  }
}
