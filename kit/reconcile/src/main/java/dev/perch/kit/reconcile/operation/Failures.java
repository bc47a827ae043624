package dev.perch.kit.reconcile.operation;

import dev.perch.contract.operation.Operation.Failure;
import dev.perch.kit.reconcile.ErrorClass;
import dev.perch.kit.reconcile.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failure of a step means for its operation. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /**
   * What a step threw. A fault of the program is logged with its stack; the rest is its message.
   */
  static StepResult.Failed of(Exception thrown, Kept operation) {
    Outcome.Failed failed = Outcome.Failed.of(thrown);
    if (failed.errorClass() == ErrorClass.INTERNAL) {
      LOG.atError()
          .setCause(thrown)
          .addKeyValue("operation", operation.id())
          .addKeyValue("kind", operation.kind())
          .log("A step has failed by a fault of the program");
    }
    return new StepResult.Failed(failed.errorClass(), failed.message());
  }

  /** It is tried again while it is transient and the step has patience; else it is undone. */
  static Stage next(Stage.Forward stage, Step step, StepResult.Failed failed, Instant now) {
    StepEntry entry = stage.current();
    Instant since = entry.failingSince() == null ? now : entry.failingSince();
    boolean again =
        failed.errorClass() == ErrorClass.TRANSIENT
            && Duration.between(since, now).compareTo(step.patience()) < 0;
    return again
        ? stage.failing(failed.message(), now)
        : stage.failed(
            new Failure(entry.name(), failed.errorClass().name(), failed.message()), now);
  }
}
