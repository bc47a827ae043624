package dev.perch.inventory.action;

import dev.perch.kit.reconcile.operation.Step;
import dev.perch.kit.reconcile.operation.StepContext;
import dev.perch.kit.reconcile.operation.StepResult;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * The proof of a lock: the broker has acknowledged it, so that everybody who places work on hosts
 * can know. While the broker is away the host is locked, and this waits.
 */
record Publish(HostWork work) implements Step {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  @Override
  public String name() {
    return "publish";
  }

  @Override
  public StepResult run(StepContext context) throws SQLException {
    return work.isPublished(context)
        ? StepResult.done()
        : new StepResult.WaitUntil(
            Instant.now().plus(AGAIN), null, "the broker has not acknowledged the lock");
  }
}
