package dev.perch.kit.reconcile.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Cause;
import dev.perch.kit.reconcile.Claim;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a step knows of the operation it belongs to. */
public final class StepContext {
  private final OperationBook book;
  private final Claim claim;
  private final Kept operation;

  StepContext(OperationBook book, Claim claim, Kept operation) {
    this.book = book;
    this.claim = claim;
    this.operation = operation;
  }

  public UUID operation() {
    return operation.id();
  }

  public String target() {
    return operation.target();
  }

  public @Nullable UUID site() {
    return operation.site();
  }

  /** What was asked. */
  public JsonNode spec() {
    return operation.spec();
  }

  /** Who asked for the operation, and why: the cause of what its steps change. */
  public Cause cause() {
    return new Cause(operation.requestedBy(), operation.kind(), operation.reason());
  }

  /** What an earlier step put down. */
  public Optional<JsonNode> output(String step) {
    return operation.stage().steps().find(step).map(StepEntry::output);
  }

  /**
   * For peers that refuse what is older than the newest they have seen, and for {@link
   * dev.perch.kit.reconcile.WorkItems#requireHeld} in a transaction of the step's own.
   */
  public Claim claim() {
    return claim;
  }

  /**
   * Says how far the step is. Costs a transaction and an event: not more than once a second or so.
   *
   * @throws dev.perch.kit.reconcile.LeaseLostException if somebody else runs the step
   */
  public void report(@Nullable Integer progress, String message) throws SQLException {
    book.move(
        claim,
        operation.id(),
        (stage, now) ->
            stage instanceof Stage.Working working ? working.reporting(progress, message) : stage);
  }
}
