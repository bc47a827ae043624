package dev.perch.kit.reconcile;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What one queue does, as numbers. */
final class WorkMeters {
  private final Timer poll;
  private final Counter done;
  private final Counter again;
  private final Counter failed;
  private final Counter handedBack;
  private final Counter lost;

  WorkMeters(MeterRegistry registry, String queue) {
    poll =
        Timer.builder("work.poll")
            .description("How long it takes to look at a queue and claim what is due")
            .tag("queue", queue)
            .register(registry);
    done = counter(registry, queue, "done");
    again = counter(registry, queue, "again");
    failed = counter(registry, queue, "failed");
    handedBack = counter(registry, queue, "handed-back");
    lost = counter(registry, queue, "lost");
  }

  private static Counter counter(MeterRegistry registry, String queue, String outcome) {
    return Counter.builder("work.attempts")
        .description("Attempts at the keys of a queue, by what became of them")
        .tag("queue", queue)
        .tag("outcome", outcome)
        .register(registry);
  }

  /**
   * @param outcome null if it was handed back
   */
  void attempted(@Nullable Outcome outcome) {
    Counter counter =
        switch (outcome) {
          case null -> handedBack;
          case Outcome.Done any -> done;
          case Outcome.Again any -> again;
          case Outcome.At any -> again;
          case Outcome.Failed any -> failed;
        };
    counter.increment();
  }

  /** A worker found that somebody else has its key. */
  void lost() {
    lost.increment();
  }

  void polled(long nanos) {
    poll.record(nanos, TimeUnit.NANOSECONDS);
  }
}
