package dev.perch.kit.reconcile.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.operation.Operation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An operation as its row has it. */
record Kept(
    UUID id,
    String kind,
    String target,
    @Nullable UUID site,
    JsonNode spec,
    Stage stage,
    String requestedBy,
    @Nullable String reason,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  boolean isFinished() {
    return stage instanceof Stage.End;
  }

  /** The next version, later than this one whatever the clock says. */
  Kept at(Stage next, Instant now) {
    Instant later = updatedAt.plus(1, ChronoUnit.MICROS);
    return new Kept(
        id,
        kind,
        target,
        site,
        spec,
        next,
        requestedBy,
        reason,
        version + 1,
        createdAt,
        now.isAfter(later) ? now : later);
  }

  @Nullable Instant finishedAt() {
    return isFinished() ? updatedAt : null;
  }

  Operation shown() {
    return new Operation(
        id,
        kind,
        target,
        site,
        spec,
        stage.word(),
        stage.steps().all().stream().map(StepEntry::shown).toList(),
        stage.failure(),
        requestedBy,
        reason,
        version,
        createdAt,
        updatedAt,
        finishedAt());
  }
}
