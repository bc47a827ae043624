package dev.perch.kit.reconcile.operation;

import dev.perch.kit.reconcile.Claim;
import dev.perch.kit.reconcile.ErrorClass;
import dev.perch.kit.reconcile.LeaseLostException;
import dev.perch.kit.reconcile.Outcome;
import dev.perch.kit.reconcile.Reconciler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Works on the operations of one target, one after the other, until one has to wait. */
final class OperationDriver implements Reconciler {
  private final OperationBook book;
  private final Kinds kinds;

  OperationDriver(OperationBook book, Kinds kinds) {
    this.book = book;
    this.kinds = kinds;
  }

  @Override
  public Outcome reconcile(Claim claim) throws Exception {
    while (true) {
      Optional<Kept> head = book.head(claim.key());
      if (head.isEmpty()) {
        return new Outcome.Done();
      }
      Outcome outcome = new Drive(claim, head.get()).run();
      if (outcome != null) {
        return outcome;
      }
    }
  }

  /** One operation, for as long as the claim lasts. */
  private final class Drive {
    private final Claim claim;
    private Kept operation;

    /** The step that was begun here and has not been run yet: nobody can have run it before. */
    private @Nullable String begun;

    Drive(Claim claim, Kept operation) {
      this.claim = claim;
      this.operation = operation;
    }

    /** Null when it is at an end. */
    @Nullable Outcome run() throws Exception {
      Outcome outcome = null;
      while (outcome == null && !operation.isFinished()) {
        outcome =
            switch (operation.stage()) {
              case Stage.Pending pending -> begin();
              case Stage.Running running -> forward(running);
              // Nobody else runs the step, and here it is not being run.
              case Stage.Cancelling cancelling -> halt();
              case Stage.Compensating compensating -> backward(compensating);
              case Stage.End end -> null;
            };
      }
      return outcome;
    }

    private @Nullable Outcome begin() throws Exception {
      move((stage, now) -> stage instanceof Stage.Pending pending ? pending.start(now) : stage);
      begun = operation.stage() instanceof Stage.Running running ? running.current().name() : null;
      return null;
    }

    private @Nullable Outcome halt() throws Exception {
      move(
          (stage, now) -> stage instanceof Stage.Cancelling cancelling ? cancelling.halt() : stage);
      return null;
    }

    private @Nullable Outcome forward(Stage.Running running) throws Exception {
      StepEntry entry = running.current();
      Optional<Step> step = kinds.step(operation, entry.name());
      if (step.isEmpty()) {
        return unknown(entry);
      }
      boolean first = entry.name().equals(begun);
      begun = null;
      StepResult result =
          attempt(context -> first ? step.get().run(context) : again(step.get(), context));
      return switch (result) {
        case StepResult.Done done -> done(done);
        case StepResult.WaitUntil wait -> waiting(wait);
        case StepResult.Failed failed -> failed(step.get(), entry, failed);
      };
    }

    private static StepResult again(Step step, StepContext context) throws Exception {
      Optional<StepResult> found = step.readBack(context);
      return found.isPresent() ? found.get() : step.run(context);
    }

    private @Nullable Outcome done(StepResult.Done done) throws Exception {
      move(
          (stage, now) ->
              stage instanceof Stage.Forward forward ? forward.done(done.output(), now) : stage);
      begun = operation.stage() instanceof Stage.Running next ? next.current().name() : null;
      return null;
    }

    /** A cancellation that came meanwhile does not wait. */
    private @Nullable Outcome waiting(StepResult.WaitUntil wait) throws Exception {
      move(
          (stage, now) ->
              stage instanceof Stage.Working working
                  ? working.waiting(wait.progress(), wait.message())
                  : stage);
      return operation.stage() instanceof Stage.Cancelling ? null : new Outcome.At(wait.due());
    }

    private @Nullable Outcome failed(Step step, StepEntry entry, StepResult.Failed failed)
        throws Exception {
      move(
          (stage, now) ->
              stage instanceof Stage.Forward forward
                  ? Failures.next(forward, step, failed, now)
                  : stage);
      return operation.stage() instanceof Stage.Running
          ? new Outcome.Failed(failed.errorClass(), entry.name() + ": " + failed.message())
          : null;
    }

    private @Nullable Outcome backward(Stage.Compensating compensating) throws Exception {
      StepEntry entry = compensating.current();
      Optional<Step> step = kinds.step(operation, entry.name());
      if (step.isEmpty()) {
        return unknown(entry);
      }
      return switch (attempt(step.get()::compensate)) {
        case StepResult.Done done -> undone();
        case StepResult.WaitUntil wait -> waiting(wait);
        case StepResult.Failed failed -> undoneLater(entry, failed);
      };
    }

    private @Nullable Outcome undone() throws Exception {
      move((stage, now) -> stage instanceof Stage.Compensating back ? back.undone(now) : stage);
      return null;
    }

    private Outcome undoneLater(StepEntry entry, StepResult.Failed failed) throws Exception {
      move(
          (stage, now) ->
              stage instanceof Stage.Working working
                  ? working.failing(failed.message(), now)
                  : stage);
      return new Outcome.Failed(
          failed.errorClass(), "undoing " + entry.name() + ": " + failed.message());
    }

    private StepResult attempt(StepCall call) throws InterruptedException {
      claim.requireHeld();
      try {
        return call.on(new StepContext(book, claim, operation));
      } catch (InterruptedException | LeaseLostException e) {
        throw e;
      } catch (Exception e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException("interrupted: " + e.getMessage());
        }
        return Failures.of(e, operation);
      }
    }

    private void move(OperationBook.Transition transition) throws Exception {
      operation = book.move(claim, operation.id(), transition);
    }

    private Outcome unknown(StepEntry entry) {
      return new Outcome.Failed(
          ErrorClass.MISCONFIGURED,
          "this release does not know step %s of %s".formatted(entry.name(), operation.kind()));
    }
  }

  @FunctionalInterface
  private interface StepCall {
    StepResult on(StepContext context) throws Exception;
  }
}
