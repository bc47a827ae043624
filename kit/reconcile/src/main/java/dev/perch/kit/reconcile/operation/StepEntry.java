package dev.perch.kit.reconcile.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.operation.Operation;
import dev.perch.contract.operation.Operation.StepState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step as the operation's row keeps it.
 *
 * @param output what it put down for later steps; not published
 * @param failingSince since when it has failed in a row; null if its last attempt did not
 */
record StepEntry(
    String name,
    StepState state,
    @Nullable Integer progress,
    @Nullable String message,
    @Nullable JsonNode output,
    @Nullable Instant failingSince,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  static StepEntry of(String name) {
    return new StepEntry(name, StepState.PENDING, null, null, null, null, null, null);
  }

  StepEntry begun(Instant now) {
    return new StepEntry(name, StepState.RUNNING, null, null, null, null, now, null);
  }

  StepEntry reporting(@Nullable Integer percent, String says) {
    return new StepEntry(name, state, percent, says, output, null, startedAt, finishedAt);
  }

  StepEntry waiting(@Nullable Integer percent, String says) {
    StepState now = state == StepState.RUNNING ? StepState.WAITING : state;
    return new StepEntry(name, now, percent, says, output, null, startedAt, finishedAt);
  }

  StepEntry failing(String why, Instant now) {
    Instant since = failingSince == null ? now : failingSince;
    return new StepEntry(name, state, progress, why, output, since, startedAt, finishedAt);
  }

  StepEntry done(@Nullable JsonNode puts, Instant now) {
    return new StepEntry(name, StepState.DONE, 100, null, puts, null, startedAt, now);
  }

  StepEntry compensating() {
    return new StepEntry(
        name, StepState.COMPENSATING, null, message, output, null, startedAt, null);
  }

  StepEntry compensated(Instant now) {
    return new StepEntry(name, StepState.COMPENSATED, null, null, output, null, startedAt, now);
  }

  StepEntry skipped() {
    return new StepEntry(name, StepState.SKIPPED, null, null, null, null, null, null);
  }

  Operation.Step shown() {
    return new Operation.Step(name, state, progress, message, startedAt, finishedAt);
  }
}
