package dev.perch.kit.reconcile;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** What the queues do, as numbers. */
final class WorkMeters {
  private final MeterRegistry registry;

  WorkMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * @param outcome null if it was handed back
   */
  void attempted(String queue, @Nullable Outcome outcome) {
    count(
        queue,
        switch (outcome) {
          case null -> "handed-back";
          case Outcome.Done() -> "done";
          case Outcome.Again again -> "again";
          case Outcome.At at -> "again";
          case Outcome.Failed failed -> "failed";
        });
  }

  /** A worker found that somebody else has its key. */
  void lost(String queue) {
    count(queue, "lost");
  }

  private void count(String queue, String outcome) {
    Counter.builder("work.attempts")
        .description("Attempts at keys of a queue, by what became of them")
        .tag("queue", queue)
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }
}
