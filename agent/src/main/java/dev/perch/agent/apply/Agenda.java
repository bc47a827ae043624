package dev.perch.agent.apply;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** When each aspect is due: at most one time per aspect, the sooner one wins. */
final class Agenda {
  private final Map<String, Long> due = new HashMap<>();

  synchronized void now(String aspect) {
    due.put(aspect, System.nanoTime());
    notifyAll();
  }

  synchronized void in(String aspect, Duration time) {
    long then = System.nanoTime() + time.toNanos();
    due.merge(aspect, then, (one, other) -> one - other < 0 ? one : other);
    notifyAll();
  }

  /** Waits for an aspect that is due and takes it off. */
  synchronized String take() throws InterruptedException {
    while (true) {
      long now = System.nanoTime();
      String next = null;
      long soonest = Long.MAX_VALUE;
      for (Map.Entry<String, Long> entry : due.entrySet()) {
        long wait = entry.getValue() - now;
        if (wait < soonest) {
          soonest = wait;
          next = entry.getKey();
        }
      }
      if (next != null && soonest <= 0) {
        due.remove(next);
        return next;
      }
      if (next == null) {
        wait();
      } else {
        // Rounded up: a wait of nothing is a wait for ever.
        wait(soonest / 1_000_000 + 1);
      }
    }
  }
}
