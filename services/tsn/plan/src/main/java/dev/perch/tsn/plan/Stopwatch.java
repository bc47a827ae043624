package dev.perch.tsn.plan;

import dev.perch.tsn.plan.model.Took;
import java.time.Duration;

/** Measures the parts of the work, one after the other, over and over. */
final class Stopwatch {
  private long placing;
  private long compiling;
  private long checking;
  private long last = System.nanoTime();

  /** Begins anew, and keeps what was measured. */
  void start() {
    last = System.nanoTime();
  }

  void placed() {
    placing += lap();
  }

  void compiled() {
    compiling += lap();
  }

  void checked() {
    checking += lap();
  }

  Took took() {
    return new Took(
        Duration.ofNanos(placing), Duration.ofNanos(compiling), Duration.ofNanos(checking));
  }

  private long lap() {
    long now = System.nanoTime();
    long lap = now - last;
    last = now;
    return lap;
  }
}
