package dev.perch.inventory.action;

import dev.perch.kit.reconcile.operation.StepResult;

/** What undoing a step comes to. */
final class Undoing {
  private Undoing() {}

  /** A host that is gone needs nothing undone; without this it would be tried for ever. */
  static StepResult of(StepResult result) {
    return result instanceof StepResult.Failed ? StepResult.done() : result;
  }
}
