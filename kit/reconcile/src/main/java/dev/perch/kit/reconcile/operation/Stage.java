package dev.perch.kit.reconcile.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.operation.Operation;
import dev.perch.contract.operation.Operation.Failure;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an operation is, and what can become of it there.
 *
 * <pre>
 *                cancel
 *   pending ----------------------------------------------.
 *      | start                                            |
 *      v          last step done                          |
 *   running --------------------------> succeeded         |
 *      |  |                                 ^             |
 *      |  | cancel      last step done      |             |
 *      |  '--------> cancelling ------------'             |
 *      | failed          |                                |
 *      |                 | done, failed, halt             |
 *      v                 v        all undone              v
 *   compensating   compensating ---------------------> cancelled
 *      '-----------------------------------------------> failed
 * </pre>
 *
 * A cancellation that comes during the last step comes too late if that step succeeds. What is
 * being undone cannot be cancelled.
 */
sealed interface Stage {

  Operation.State word();

  Steps steps();

  default @Nullable Failure failure() {
    return null;
  }

  /** Nothing has been begun. */
  record Pending(Steps steps) implements Stage {
    @Override
    public Operation.State word() {
      return Operation.State.PENDING;
    }

    Running start(Instant now) {
      return new Running(steps.beginFirst(now));
    }

    Cancelled cancel() {
      return new Cancelled(steps.skipped());
    }
  }

  /** A step is at work, forwards or backwards. */
  sealed interface Working extends Stage {
    Working with(Steps changed);

    default StepEntry current() {
      return steps().current();
    }

    default Working reporting(@Nullable Integer progress, String message) {
      return with(steps().change(step -> step.reporting(progress, message)));
    }

    default Working waiting(@Nullable Integer progress, String message) {
      return with(steps().change(step -> step.waiting(progress, message)));
    }

    /** It failed and is tried again. */
    default Working failing(String message, Instant now) {
      return with(steps().change(step -> step.failing(message, now)));
    }
  }

  /** A step is being run. */
  sealed interface Forward extends Working {
    Stage done(@Nullable JsonNode output, Instant now);

    /** It failed for good. */
    Stage failed(Failure failure, Instant now);
  }

  record Running(Steps steps) implements Forward {
    @Override
    public Operation.State word() {
      return Operation.State.RUNNING;
    }

    @Override
    public Running with(Steps changed) {
      return new Running(changed);
    }

    @Override
    public Stage done(@Nullable JsonNode output, Instant now) {
      return steps.isAtLast()
          ? new Succeeded(steps.done(output, now))
          : new Running(steps.next(output, now));
    }

    @Override
    public Compensating failed(Failure failure, Instant now) {
      return new Compensating(failing(failure.message(), now).steps.turnedBack(), failure);
    }

    @Override
    public Running failing(String message, Instant now) {
      return new Running(steps.change(step -> step.failing(message, now)));
    }

    Cancelling cancel() {
      return new Cancelling(steps);
    }
  }

  /** Somebody cancelled it while a step was being run. */
  record Cancelling(Steps steps) implements Forward {
    @Override
    public Operation.State word() {
      return Operation.State.CANCELLING;
    }

    @Override
    public Cancelling with(Steps changed) {
      return new Cancelling(changed);
    }

    @Override
    public Stage done(@Nullable JsonNode output, Instant now) {
      return steps.isAtLast()
          ? new Succeeded(steps.done(output, now))
          : new Compensating(steps.doneInVain(output, now), null);
    }

    @Override
    public Compensating failed(Failure failure, Instant now) {
      return halt();
    }

    /** Nobody is running the step now: it is the first to be undone. */
    Compensating halt() {
      return new Compensating(steps.turnedBack(), null);
    }
  }

  /**
   * What was begun is being undone, the last first.
   *
   * @param failure null if it was cancelled
   */
  record Compensating(Steps steps, @Nullable Failure failure) implements Working {
    @Override
    public Operation.State word() {
      return Operation.State.COMPENSATING;
    }

    @Override
    public Compensating with(Steps changed) {
      return new Compensating(changed, failure);
    }

    Stage undone(Instant now) {
      if (!steps.isAtFirst()) {
        return new Compensating(steps.previous(now), failure);
      }
      Steps all = steps.undone(now);
      return failure == null ? new Cancelled(all) : new Failed(all, failure);
    }
  }

  /** Nothing will be done any more. */
  sealed interface End extends Stage {}

  record Succeeded(Steps steps) implements End {
    @Override
    public Operation.State word() {
      return Operation.State.SUCCEEDED;
    }
  }

  record Failed(Steps steps, Failure failure) implements End {
    @Override
    public Operation.State word() {
      return Operation.State.FAILED;
    }
  }

  record Cancelled(Steps steps) implements End {
    @Override
    public Operation.State word() {
      return Operation.State.CANCELLED;
    }
  }

  /** The stage a row says. */
  static Stage of(Operation.State word, Steps steps, @Nullable Failure failure) {
    return switch (word) {
      case PENDING -> new Pending(steps);
      case RUNNING -> new Running(steps);
      case CANCELLING -> new Cancelling(steps);
      case COMPENSATING -> new Compensating(steps, failure);
      case SUCCEEDED -> new Succeeded(steps);
      case FAILED -> new Failed(steps, Objects.requireNonNull(failure));
      case CANCELLED -> new Cancelled(steps);
    };
  }
}
