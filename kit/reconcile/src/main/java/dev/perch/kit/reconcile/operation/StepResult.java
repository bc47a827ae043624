package dev.perch.kit.reconcile.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.kit.reconcile.ErrorClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a step, for now. */
public sealed interface StepResult {

  /**
   * It is done.
   *
   * @param output what later steps need to know; kept in the database, never published
   */
  record Done(@Nullable JsonNode output) implements StepResult {}

  /**
   * Ask again then; meanwhile no thread is held, and a cancellation takes effect at once.
   *
   * @param progress in percent, if it is known
   * @param message what is waited for, for people
   */
  record WaitUntil(Instant due, @Nullable Integer progress, String message) implements StepResult {}

  /**
   * {@link ErrorClass#TRANSIENT} is tried again for as long as the step's patience lasts; any other
   * class fails the operation, and what was done is undone.
   *
   * @param message for people; never a secret
   */
  record Failed(ErrorClass errorClass, String message) implements StepResult {}

  static StepResult done() {
    return new Done(null);
  }
}
