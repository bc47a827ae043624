package dev.perch.inventory.action;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.perch.inventory.life.Life;
import dev.perch.kit.reconcile.operation.Step;
import dev.perch.kit.reconcile.operation.StepContext;
import dev.perch.kit.reconcile.operation.StepResult;
import java.sql.SQLException;
import java.time.Instant;

/** The host is unlocked; it is not in service yet. */
record Unlock(HostWork work) implements Step {
  static final String NAME = "unlock";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public StepResult run(StepContext context) throws SQLException {
    StepResult result =
        work.lead(
            context,
            life ->
                switch (life) {
                  case Life.Unlockable locked -> locked.unlock();
                  case Life.Entering already -> already;
                  case Life.Planned planned -> null;
                  case Life.InService inService -> null;
                  case Life.ShuttingDown shuttingDown -> null;
                });
    return result instanceof StepResult.Done
        ? new StepResult.Done(TextNode.valueOf(Instant.now().toString()))
        : result;
  }

  /** Also of a host that was proven just as the operation was cancelled. */
  @Override
  public StepResult compensate(StepContext context) throws SQLException {
    return Undoing.of(
        work.lead(
            context,
            life ->
                switch (life) {
                  case Life.Entering entering -> entering.abandoned();
                  case Life.InService inService -> inService.forced();
                  case Life.ShuttingDown shuttingDown -> shuttingDown.forced();
                  case Life.Locked locked -> locked;
                }));
  }
}
