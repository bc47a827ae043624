package dev.perch.contract.operation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Long work on one resource: the REST resource and the value on {@code perch.<service>.operations}.
 *
 * @param id UUIDv7, never reused
 * @param kind what is done: {@code host.lock}
 * @param target the resource it is done to, as a path: {@code hosts/<id>}; of the operations on one
 *     target one runs at a time, the oldest first
 * @param site the site of the target, if it has one
 * @param spec what was asked, in the shape of the kind; it carries no secret
 * @param state null if the writer is newer and uses a word this reader does not know
 * @param steps in the order they are run; undone in the reverse order
 * @param failure why it failed, also while that is being undone
 * @param requestedBy the subject id of who asked for it, or {@code service:<name>}
 * @param reason their words
 * @param finishedAt when it reached an end, and nothing will be done any more
 * @param version gap-free, starts at 1
 */
public record Operation(
    UUID id,
    String kind,
    String target,
    @Nullable UUID site,
    JsonNode spec,
    @Nullable State state,
    List<Step> steps,
    @Nullable Failure failure,
    String requestedBy,
    @Nullable String reason,
    long version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant finishedAt) {

  public Operation {
    steps = List.copyOf(steps);
  }

  /** Where an operation is; the last three are ends. */
  public enum State {
    /** Waits for its turn. */
    PENDING,
    RUNNING,
    /** Will be undone as soon as the step that is being run lets it. */
    CANCELLING,
    /** What was done is being undone. */
    COMPENSATING,
    SUCCEEDED,
    /** What was done has been undone. */
    FAILED,
    /** What was done has been undone. */
    CANCELLED
  }

  /** Where a step is. */
  public enum StepState {
    PENDING,
    RUNNING,
    /** Looked at again later. */
    WAITING,
    DONE,
    COMPENSATING,
    COMPENSATED,
    /** Never begun. */
    SKIPPED
  }

  /**
   * One step.
   *
   * @param state null if the writer is newer and uses a word this reader does not know
   * @param progress in percent, if the step knows
   * @param message what it does or waits for, or what is wrong, for people
   */
  public record Step(
      String name,
      @Nullable StepState state,
      @Nullable Integer progress,
      @Nullable String message,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {}

  /**
   * What ended the work.
   *
   * @param step the step that failed
   * @param code the class of the error: {@code REFUSED}
   * @param message for people
   */
  public record Failure(String step, String code, String message) {}
}
