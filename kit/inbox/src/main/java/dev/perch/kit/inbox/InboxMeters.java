package dev.perch.kit.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The meters of one consumer; the module's README documents them. */
final class InboxMeters {
  private final Clock clock;
  private final Counter applied;
  private final Counter ignored;
  private final Counter rejected;
  private volatile @Nullable Instant oldestPending;

  InboxMeters(MeterRegistry registry, Clock clock, String consumer) {
    this.clock = clock;
    applied = records(registry, consumer, "applied");
    ignored = records(registry, consumer, "ignored");
    rejected = records(registry, consumer, "rejected");
    Gauge.builder("inbox.lag.seconds", this, meters -> meters.lag().toMillis() / 1000.0)
        .description("age of the oldest record that was read and is not applied; 0 without one")
        .tag("consumer", consumer)
        .register(registry);
  }

  private static Counter records(MeterRegistry registry, String consumer, String outcome) {
    return Counter.builder("inbox.records")
        .description("records committed: applied, ignored as not newer, or dead-lettered")
        .tag("consumer", consumer)
        .tag("outcome", outcome)
        .register(registry);
  }

  /** Age of the oldest record of the batch in work. */
  Duration lag() {
    Instant oldest = oldestPending;
    return oldest == null ? Duration.ZERO : Duration.between(oldest, clock.instant());
  }

  void pending(List<Claim> claims) {
    oldestPending =
        claims.stream()
            .map(claim -> Instant.ofEpochMilli(claim.records().getFirst().timestamp()))
            .min(Instant::compareTo)
            .orElse(null);
  }

  void nothingPending() {
    oldestPending = null;
  }

  void committed(BatchTransaction.Result result) {
    applied.increment(result.applied());
    rejected.increment(result.rejected().size());
    ignored.increment(result.read() - result.applied() - result.rejected().size());
  }
}
