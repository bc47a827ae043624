package dev.perch.kit.outbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread; rings that come before it waits are remembered as one. */
public final class Doorbell {
  private final Semaphore rings = new Semaphore(0);

  public void ring() {
    if (rings.availablePermits() == 0) {
      rings.release();
    }
  }

  /** Waits for a ring, at most this long, or until the thread is interrupted. */
  public void await(Duration atMost) {
    try {
      var _ = rings.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
      rings.drainPermits();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
