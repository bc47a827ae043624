package dev.perch.inventory.presence;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * Whether this replica keeps up with its agents: what must go on for hosts to be heard goes on, and
 * nobody waits long to be let in. While it does not, that a host is not heard says nothing about
 * the host.
 */
public final class Attention {
  /** Longer than the scheduler's usual lateness. */
  static final long LATE_NANOS = Duration.ofMillis(150).toNanos();

  /**
   * How long a sign that agents still come counts. Longer than they usually leave between them, and
   * than a replica takes to tell the others.
   */
  private static final long LATELY_NANOS = Duration.ofSeconds(3).toNanos();

  private final LongSupplier clock;
  private final List<Duty> duties = new CopyOnWriteArrayList<>();

  /** When it last was behind. */
  private volatile long behindAt;

  /**
   * @param clock in nanoseconds, as System.nanoTime
   */
  public Attention(LongSupplier clock) {
    this.clock = clock;
    behindAt = clock.getAsLong() - LATELY_NANOS;
  }

  /** Something that must go on; it rests at first. */
  public Duty duty() {
    var duty = new Duty();
    duties.add(duty);
    return duty;
  }

  /** A host came back that was given the time for that: the others may be on their way too. */
  public void returned() {
    behindAt = clock.getAsLong();
  }

  /** Whether some duty has been waiting too long at this moment. */
  boolean isLate() {
    long now = clock.getAsLong();
    boolean late = duties.stream().anyMatch(duty -> duty.isLate(now));
    if (late) {
      behindAt = now;
    }
    return late;
  }

  /** The thread that looks was itself held up. */
  void wasHeldUp() {
    behindAt = clock.getAsLong();
  }

  /** Whether it lately was behind, or hosts came back. */
  public boolean isBehind() {
    return isLate() || clock.getAsLong() - behindAt < LATELY_NANOS;
  }

  /** A thread that turns, or a queue that is worked on. For one thread. */
  public final class Duty {
    private volatile long since;
    private volatile boolean resting = true;

    /** It goes on, and is to go on again within {@link #LATE_NANOS}. */
    public void goesOn() {
      waitsSince(clock.getAsLong());
    }

    /** Something waits for it, since then. */
    public void waitsSince(long nanos) {
      since = nanos;
      resting = false;
    }

    /** Nothing waits for it. */
    public void rests() {
      resting = true;
    }

    private boolean isLate(long now) {
      return !resting && now - since > LATE_NANOS;
    }
  }
}
